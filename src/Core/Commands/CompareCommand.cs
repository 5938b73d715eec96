using Kaggle.Core.Data;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>Is the second run better than the first, or is it noise?</summary>
static class CompareCommand
{
    public static int Run(Session session, string before, string after)
    {
        var (first, second) = (RunFolder.Named(session.RunsFolder, before), RunFolder.Named(session.RunsFolder, after));
        var (a, b) = (Read(first), Read(second));
        if (a.Metric.Name != b.Metric.Name)
            throw new InputException($"{first.Run} was scored by {a.Metric.Name} and {second.Run} by {b.Metric.Name}; runs are compared by one metric.");
        if (File.ReadAllText(first.FoldsPath) != File.ReadAllText(second.FoldsPath))
            throw new InputException($"{first.Run} ({a.Validation}) and {second.Run} ({b.Validation}) were judged on different folds; run one of them again with the other's.");
        var folds = a.Learners[0].Units.Select(u => u.Fold).Distinct().Count();
        var ratio = folds < 2 ? 0.25 : 1.0 / (folds - 1);
        session.Terminal.Result("Best: " + Improvement.Of(
            $"{a.Best!.Name} ({first.Run})", Best(a), $"{b.Best!.Name} ({second.Run})", Best(b), a.Metric.HigherIsBetter, ratio).Sentence);
        foreach (var learner in b.Learners)
            if (a.Learners.FirstOrDefault(l => l.Name == learner.Name) is { } same && same.Units.Count == learner.Units.Count)
                session.Terminal.Result($"{learner.Name}: " + Improvement.Of(
                    "before", Scores(same), "after", Scores(learner), a.Metric.HigherIsBetter, ratio).Sentence);
        return Outcome.Done;
    }

    static RunDocument Read(RunFolder folder) => folder.Read() is { Best: not null } document
        ? document
        : throw new InputException($"Run {folder.Run} has no score yet; let it end first.");

    static IReadOnlyList<double> Best(RunDocument document) =>
        document.Ensemble is { } ensemble && document.Best!.Name == ensemble.Name
            ? ensemble.FoldScores
            : Judged(document.Learners.First(l => l.Name == document.Best!.Name));

    /// <summary>By the decision that is fitted on the other folds, as an ensemble's scores are.</summary>
    static IReadOnlyList<double> Judged(LearnerNote learner) => learner.FoldScores ?? ByFold(learner);

    /// <summary>Seeds of one fold are averaged: an ensemble has one score a fold.</summary>
    static IReadOnlyList<double> ByFold(LearnerNote learner) => [.. learner.Units.GroupBy(u => u.Fold).OrderBy(g => g.Key).Select(g => g.Average(u => u.Score))];

    /// <summary>Each seed and fold on its own: repeated seeds say more.</summary>
    static IReadOnlyList<double> Scores(LearnerNote learner) => [.. learner.Units.OrderBy(u => u.Seed).ThenBy(u => u.Fold).Select(u => u.Score)];
}
