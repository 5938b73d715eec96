using System.Diagnostics;
using System.Globalization;
using Kaggle.Baselines.Recommendation;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Benchmarks.Recommendation;

/// <summary>BiasedFactors beside vectorised NumPy: the same model, epochs and rates on one random 80/20 division, in turns.</summary>
static class FactorsBenchmark
{
    const int Turns = 3;

    public static int Run(string folder, string python)
    {
        var all = MovieLensRatings.Read(folder);
        var fold = Folds.Shuffled(5, seed: 42).Split(all)[0];
        var (train, test) = (all.Take(fold.Train), all.Take(fold.Validation));
        var learner = new BiasedFactors();
        var room = Directory.CreateTempSubdirectory("factors-").FullName;
        try
        {
            Write(Path.Combine(room, "train.tsv"), train);
            Write(Path.Combine(room, "test.tsv"), test);
            for (var turn = 0; turn < Turns; turn++)
            {
                var processor = Process.GetCurrentProcess().TotalProcessorTime;
                var clock = Stopwatch.StartNew();
                using var model = learner.Fit(train, null, new() { Seed = 42 });
                var (seconds, used) = (clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
                var rmse = Core.Metrics.Metrics.Rmse.Score(test.Answers.Truth, model.Predict(test).Values);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BiasedFactors           RMSE {rmse:F5}  {seconds:F2} s  {used:F2} processor seconds"));
                foreach (var batch in (int[])[200, 1000])
                    Console.WriteLine($"NumPy, batches of {batch,-5} RMSE {string.Join("  ", Peer(python, room, batch, learner))} (seconds, processor seconds)");
            }
        }
        finally
        {
            Directory.Delete(room, recursive: true);
        }
        return 0;
    }

    static void Write(string file, Dataset rows) => File.WriteAllLines(file, Enumerable.Range(0, rows.Rows).Select(row => string.Create(CultureInfo.InvariantCulture,
        $"{rows.Codes("user").Span[row]}\t{rows.Codes("item").Span[row]}\t{rows.Answers.Truth[row, 0]}")));

    static string[] Peer(string python, string folder, int batch, BiasedFactors learner)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "recommendation", "biased_factors.py");
        var start = new ProcessStartInfo(python, [script, folder, $"{batch}", $"{learner.Epochs}", $"{learner.Factors}"]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said.Trim().Split(' ');
    }
}
