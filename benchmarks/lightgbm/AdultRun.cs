using Kaggle.Core.Commands;
using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;
using LightGbmLearner = Kaggle.Baselines.Boosting.LightGbm;

namespace Kaggle.Benchmarks.LightGbm;

/// <summary>The same five boosters as a competition's whole run: reading, folds, predictions of the test rows, submission, report.</summary>
static class AdultRun
{
    /// <summary>Writes what Kaggle would give of Adult: all rows to learn from, test.csv's without their answers, a sample submission.</summary>
    /// <param name="folder">Holds train.csv and test.csv.</param>
    /// <param name="into">Where to.</param>
    public static void Prepare(string folder, string into)
    {
        Directory.CreateDirectory(into);
        var (train, test) = (File.ReadAllLines(Path.Combine(folder, "train.csv")), File.ReadAllLines(Path.Combine(folder, "test.csv")));
        var rows = train.Skip(1).Concat(test.Skip(1)).Select((row, i) => $"{i},{row}");
        File.WriteAllLines(Path.Combine(into, "train.csv"), rows.Prepend($"id,{train[0]}"));
        File.WriteAllLines(Path.Combine(into, "test.csv"), test.Select((row, i) => $"{(i == 0 ? "id" : i)},{row[..row.LastIndexOf(',')]}"));
        File.WriteAllLines(Path.Combine(into, "sample_submission.csv"), Enumerable.Range(1, test.Length - 1).Select(i => $"{i},0").Prepend("id,income"));
    }

    /// <param name="data">As <see cref="Prepare"/> left it.</param>
    /// <param name="output">The run's folder.</param>
    /// <param name="learner">What learns.</param>
    public static Task<int> Run(string data, string output, LightGbmLearner learner) => new Competition
    {
        Name     = "Adult",
        Question = "Who earns more than 50,000 dollars a year?",
        Target   = Target.Binary("income"),
        Metric   = Metrics.Auc,
        Folds    = Folds.KFold(5),
        Learners = [learner],
        Ensemble = new MeanEnsemble(),
    }.RunAsync(["--data", data, "--out", output, "--quiet"]);
}
