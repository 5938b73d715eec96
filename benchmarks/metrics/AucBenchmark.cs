using System.Diagnostics;
using System.Globalization;

namespace Kaggle.Benchmarks.MetricsOfTheField;

/// <summary>AUC of many rows, scores all different and scores with ties; auc.py beside it times scikit-learn on rows drawn alike.</summary>
static class AucBenchmark
{
    const int Repeats = 3;

    public static int Run(int rows)
    {
        foreach (var (name, levels) in new[] { ("all different", 0), ("1,000 levels", 1000) })
        {
            var random = new Random(1);
            var (truth, scores) = (new float[rows], new float[rows]);
            for (var i = 0; i < rows; i++)
            {
                truth[i] = random.Next(2);
                scores[i] = (random.NextSingle() + 0.3f * truth[i]) / 1.3f;
                if (levels > 0) scores[i] = MathF.Floor(scores[i] * levels) / levels;
            }
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                var watch = Stopwatch.StartNew();
                var auc = Core.Metrics.Metrics.Auc.Score(truth, scores);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"this project, {rows} rows, {name}: {watch.Elapsed.TotalSeconds:0.00} s, AUC {auc:0.0000}"));
            }
        }
        return 0;
    }
}
