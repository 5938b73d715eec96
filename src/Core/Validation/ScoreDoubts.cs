using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>What the scores themselves give to doubt, once there are some.</summary>
public static class ScoreDoubts
{
    /// <summary>A lead that is smaller than chance would give.</summary>
    /// <param name="best">The name of the best.</param>
    /// <param name="bestScores">Its scores, one for each fold and seed.</param>
    /// <param name="next">The name of the one behind it.</param>
    /// <param name="nextScores">Its scores, of the same folds and seeds.</param>
    /// <param name="higherIsBetter">The metric's direction.</param>
    /// <param name="judgedOverLearned">Judged rows over learned rows of a fold.</param>
    /// <returns>Null where the lead is sure.</returns>
    public static Warning? Lead(
        string best, IReadOnlyList<double> bestScores, string next, IReadOnlyList<double> nextScores, bool higherIsBetter, double judgedOverLearned)
    {
        if (bestScores.Count < 2 || bestScores.Count != nextScores.Count) return null;
        var lead = Improvement.Of(next, nextScores, best, bestScores, higherIsBetter, judgedOverLearned);
        if (lead.IsSure) return null;
        return new("note", "lead-within-noise", FormattableString.Invariant(
            $"{best} leads {next} by {lead.Difference:0.#####}, but folds vary by {Deviation(bestScores):0.#####} and the lead's 95 % interval is {lead.Low:0.#####} to {lead.High:0.#####}: take either, or both."));
    }

    /// <summary>Which of an ensemble and its best member is to be believed.</summary>
    /// <remarks>
    /// The best of several learners owes part of its lead to having been picked, which the ensemble was not: so a member must lead by more than
    /// one standard error of the difference, the rule by which Breiman's trees are pruned. On a single fold nothing is known of the error.
    /// </remarks>
    /// <param name="ensembleScores">One for each fold.</param>
    /// <param name="memberScores">Of the same folds.</param>
    /// <param name="higherIsBetter">The metric's direction.</param>
    /// <param name="judgedOverLearned">Judged rows over learned rows of a fold.</param>
    /// <returns>The member's lead and its standard error; null where the scores are too few to say.</returns>
    public static (double Lead, double Error)? OverEnsemble(
        IReadOnlyList<double> ensembleScores, IReadOnlyList<double> memberScores, bool higherIsBetter, double judgedOverLearned)
    {
        if (ensembleScores.Count < 2 || ensembleScores.Count != memberScores.Count || !ensembleScores.Concat(memberScores).All(double.IsFinite)) return null;
        var lead = Improvement.Of("ensemble", ensembleScores, "member", memberScores, higherIsBetter, judgedOverLearned);
        return (lead.Difference, lead.StandardError);
    }

    /// <summary>A public score that the validation would not have expected.</summary>
    /// <param name="foldScores">The validation's, in the competition's metric.</param>
    /// <param name="publicScore">What the leaderboard said.</param>
    /// <param name="higherIsBetter">The metric's direction.</param>
    /// <returns>Null where they agree: within three standard deviations of a fold.</returns>
    public static Warning? PublicScore(IReadOnlyList<double> foldScores, double publicScore, bool higherIsBetter)
    {
        var scores = foldScores.Where(score => !double.IsNaN(score)).ToArray();
        if (scores.Length < 2) return null;
        var (mean, deviation) = (scores.Average(), Deviation(scores));
        // A new part of the data varies as a fold does, and the mean itself is known to within deviation / √folds.
        var expected = 3 * deviation * Math.Sqrt(1 + 1.0 / scores.Length);
        if (Math.Abs(publicScore - mean) <= expected) return null;
        var worse = higherIsBetter ? publicScore < mean : publicScore > mean;
        return new("warning", "far-from-public-score", FormattableString.Invariant(
            $"The public score is {publicScore:0.#####}, the validation said {mean:0.#####} ± {deviation:0.#####}: {(worse ? "worse than folds vary, so something leaks into the validation or test differs from train (groups, time, shifted columns)" : "better than folds vary, so test is easier than train or leaks")}."));
    }

    static double Deviation(IReadOnlyList<double> scores)
    {
        var mean = scores.Average();
        return Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Count - 1));
    }
}
