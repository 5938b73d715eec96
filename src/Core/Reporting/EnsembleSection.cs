using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>What each member adds to the ensemble, and which one hurts.</summary>
sealed record EnsembleSection(string Name, string Score, string Comparison, string? Hurting, IReadOnlyList<MemberRow> Members) : Section("ensemble", "Ensemble")
{
    public static Section? Of(FinishedRun run)
    {
        if (run.Document.Ensemble is not { } ensemble || ensemble.Members.Count == 0) return null;
        var heaviest = ensemble.Members.Max(m => Math.Abs(m.Weight));
        var own = run.Document.Learners.ToDictionary(l => l.Name, l => l.Pooled);
        var hurting = ensemble.Members.Where(m => m.Gain < 0 && m.Weight != 0).OrderBy(m => m.Gain).ToArray();
        return new EnsembleSection(ensemble.Name, Wording.Score(ensemble.Score), ComparedWithTheBest(run.Document, ensemble),
            hurting.Length == 0 ? null : Hurt(hurting, Standing.Of(run.Document).First(s => s.IsEnsemble)),
            [.. ensemble.Members.OrderByDescending(m => Math.Abs(m.Weight)).ThenBy(m => m.Learner, StringComparer.Ordinal).Select(m => new MemberRow(
                m.Learner, Wording.Weight(m.Weight), Wording.Width(heaviest == 0 ? 0 : Math.Abs(m.Weight) / heaviest), m.Weight < 0,
                Wording.Score(own.TryGetValue(m.Learner, out var score) ? score : double.NaN), Wording.Signed(m.Gain), m.Gain < 0 ? "worse" : m.Gain > 0 ? "better" : ""))]);
    }

    // A gain that is small beside the folds' spread says little, and a reader should see both.
    static string Hurt(MemberNote[] members, Standing ensemble) =>
        $"The ensemble scored better without {string.Join(" or ", members.Select(m => $"{m.Learner} (by {Wording.Score(-m.Gain)})"))}"
        + (ensemble.Folds.Count > 1 ? $"; the folds' own standard deviation is {Wording.Score(ensemble.Sd)}." : ".");

    static string ComparedWithTheBest(RunDocument document, EnsembleNote ensemble)
    {
        var best = Standing.Of(document).FirstOrDefault(s => !s.IsEnsemble);
        if (best is null || best.Folds.Count != ensemble.FoldScores.Count || best.Folds.Count < 2) return "";
        var sign = document.Metric.HigherIsBetter ? 1 : -1;
        var gains = ensemble.FoldScores.Zip(best.Folds, (e, b) => sign * (e - b.Score)).ToArray();
        if (gains.All(g => g == 0)) return $"{best.Name}, the best learner alone, scores the same on every fold.";
        var mean = gains.Average();
        var sd = Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1));
        return $"Against {best.Name}, the best learner alone, on the same folds: {Wording.Signed(mean)} ± {Wording.Score(sd)}, "
            + $"better on {gains.Count(g => g > 0)} of {gains.Length} folds.";
    }
}

sealed record MemberRow(string Name, string Weight, string Width, bool IsNegative, string Score, string Gain, string Verdict);
