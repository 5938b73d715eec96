using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>A learner or an ensemble on the leaderboard.</summary>
/// <param name="Folds">(fold, score) of the seeds' mean, by fold.</param>
/// <param name="Pooled">Of all out-of-fold rows at once.</param>
/// <param name="Seconds">Null for an ensemble, which costs nothing to speak of.</param>
sealed record Standing(string Name, bool IsEnsemble, double Mean, double Sd, double Pooled, double? Seconds, IReadOnlyList<(int Fold, double Score)> Folds)
{
    /// <returns>Best first.</returns>
    public static IReadOnlyList<Standing> Of(RunDocument document)
    {
        var all = document.Learners.Where(l => l.Units.Count > 0).Select(OfLearner);
        if (document.Ensemble is { } ensemble) all = all.Append(OfEnsemble(ensemble));
        var ascending = all.OrderBy(s => double.IsNaN(s.Mean) ? 1 : 0).ThenBy(s => document.Metric.HigherIsBetter ? -s.Mean : s.Mean)
            .ThenBy(s => s.Name == document.Best?.Name ? 0 : 1);
        return [.. ascending];
    }

    static Standing OfLearner(LearnerNote learner) => new(learner.Name, false, learner.Mean, learner.Sd, learner.Pooled, learner.Seconds,
        ByFold(learner));

    // By the same decision as an ensemble's: a threshold at one half against a fitted one would compare the thresholds.
    static IReadOnlyList<(int Fold, double Score)> ByFold(LearnerNote learner)
    {
        var units = learner.Units.GroupBy(u => u.Fold).OrderBy(g => g.Key).ToArray();
        return learner.FoldScores is { } scores && scores.Count == units.Length
            ? [.. units.Zip(scores, (unit, score) => (unit.Key, score))]
            : [.. units.Select(g => (g.Key, g.Average(u => u.Score)))];
    }

    static Standing OfEnsemble(EnsembleNote ensemble)
    {
        var scores = ensemble.FoldScores;
        var mean = scores.Count == 0 ? ensemble.Score : scores.Average();
        var sd = scores.Count < 2 ? 0 : Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Count - 1));
        return new(ensemble.Name, true, mean, sd, ensemble.Score, null, [.. scores.Select((s, i) => (i, s))]);
    }
}
