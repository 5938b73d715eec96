using Kaggle.Core.Data;
using MathNet.Numerics.Distributions;

namespace Kaggle.Core.Validation;

/// <summary>Is it an improvement? Two sets of scores on the same folds, compared fold by fold.</summary>
/// <remarks>
/// Folds share training rows, so their differences are not independent and the plain t test is too sure.
/// Nadeau and Bengio 2003, "Inference for the generalization error": the variance is s² · (1 / scores + judged rows / learned rows).
/// </remarks>
/// <param name="Difference">The mean over folds; above 0 the second is better, whichever way the metric counts.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="StandardError">Of the difference, by the variance above.</param>
/// <param name="Better">On how many of the folds the second is better.</param>
/// <param name="Scores">How many scores were compared.</param>
/// <param name="Sentence">The answer.</param>
public sealed record Improvement(double Difference, double Low, double High, double StandardError, int Better, int Scores, string Sentence)
{
    /// <summary>Whether the interval lies above 0.</summary>
    public bool IsSure => Low > 0;

    /// <param name="before">What the first run is called.</param>
    /// <param name="beforeScores">Its scores, one for each fold and seed.</param>
    /// <param name="after">What the second run is called.</param>
    /// <param name="afterScores">Its scores, of the same folds and seeds in the same order.</param>
    /// <param name="higherIsBetter">The metric's direction.</param>
    /// <param name="judgedOverLearned">Judged rows over learned rows of a fold: of five folds 0.25.</param>
    /// <exception cref="InputException">Fewer than two scores, or not as many in both.</exception>
    public static Improvement Of(
        string before, IReadOnlyList<double> beforeScores, string after, IReadOnlyList<double> afterScores, bool higherIsBetter, double judgedOverLearned)
    {
        if (beforeScores.Count != afterScores.Count)
            throw new InputException($"'{before}' has {beforeScores.Count} scores and '{after}' {afterScores.Count}: runs are compared on the same folds and seeds.");
        var differences = beforeScores.Zip(afterScores, (b, a) => higherIsBetter ? a - b : b - a).Where(d => !double.IsNaN(d)).ToArray();
        if (differences.Length < 2) throw new InputException($"'{before}' and '{after}' share {differences.Length} scored folds; two are needed to tell a difference from chance.");
        var count = differences.Length;
        var mean = differences.Average();
        var variance = differences.Sum(d => (d - mean) * (d - mean)) / (count - 1);
        var error = Math.Sqrt(variance * (1.0 / count + judgedOverLearned));
        var reach = StudentT.InvCDF(0, 1, count - 1, 0.975) * error;
        var (low, high, better) = (mean - reach, mean + reach, differences.Count(d => d > 0));
        var verdict = low > 0 ? "an improvement"
            : high < 0 ? "worse"
            : mean == 0 && reach == 0 ? "no difference"
            : "not told apart from chance; more folds or seeds would tell";
        return new(mean, low, high, error, better, count, FormattableString.Invariant(
            $"{after} against {before}: {mean:+0.#####;−0.#####;0} on {count} scores (95 % interval {low:+0.#####;−0.#####;0} to {high:+0.#####;−0.#####;0}; above 0 is better), better on {better}: {verdict}."));
    }
}
