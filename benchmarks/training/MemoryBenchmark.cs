using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Tabular;
using TorchSharp;

namespace Kaggle.Benchmarks.Training;

/// <summary>Memory over 50 epochs of a training with validation rows: it must be the same after the last as after the first few.</summary>
static class MemoryBenchmark
{
    const int Rows = 20_000, Columns = 30;

    public static int Run()
    {
        var random = new Random(1);
        var columns = Enumerable.Range(0, Columns).Select(c => new NumberColumn($"x{c}", Enumerable.Range(0, Rows).Select(_ => random.NextSingle()).ToArray())).ToArray();
        var first = (NumberColumn)columns[0];
        var answers = new TargetValues(Target.Binary("y"), new(Enumerable.Range(0, Rows).Select(i => first.Values.Span[i] > 0.5f ? 1f : 0).ToArray(), 1), ["no", "yes"]);
        var rows = new Dataset(columns, answers);
        foreach (var learner in new ILearner[] { new Mlp { Epochs = 50 }, new RealMlp { Epochs = 50 }, new TabM { Epochs = 50, Patience = 50, Width = 64, Members = 8 } })
        {
            var seen = new List<(double Mb, long Tensors)>();
            var progress = new Watch(() => seen.Add((Process.GetCurrentProcess().WorkingSet64 / 1e6, DisposeScopeManager.Statistics.ThreadTotalLiveCount)));
            using var model = learner.Fit(rows.Take(..16_000), rows.Take(16_000..), new() { Seed = 1, Threads = Environment.ProcessorCount, Progress = progress });
            Console.WriteLine(string.Join("\n", new[] { 1, 5, 10, 20, 30, 40, 50 }.Where(e => e <= seen.Count).Select(e => string.Create(CultureInfo.InvariantCulture,
                $"{learner.Name,-10} epoch {e,2}: {seen[e - 1].Mb:0} MB resident, {seen[e - 1].Tensors} tensors alive"))));
        }
        return 0;
    }

    sealed class Watch(Action look) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => look();
    }
}
