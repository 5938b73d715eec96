using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>What a metric wants to be given.</summary>
public enum Need
{
    /// <summary>(rows, outputs) probabilities.</summary>
    Probabilities,

    /// <summary>(rows, 1) class codes, or (rows, labels) of 0 and 1: what a decision makes of probabilities.</summary>
    Labels,

    /// <summary>(rows, outputs) numbers on the table's own scale.</summary>
    Values,

    /// <summary>(rows, 1) scores, ordered within each group.</summary>
    RanksWithinGroups,
}

/// <summary>A formula over answers and predictions that knows which way is better.</summary>
/// <param name="Name">As it stands in reports and run.json: lower case.</param>
/// <param name="HigherIsBetter">Whether a higher score is better.</param>
/// <param name="Need">What the formula wants to be given.</param>
/// <param name="Of">The formula itself.</param>
public sealed record Metric(string Name, bool HigherIsBetter, Need Need, Metric.Formula Of)
{
    /// <param name="truth">(rows, targets) as in <see cref="TargetValues.Truth"/>.</param>
    /// <param name="predicted">(rows, outputs) of the kind that the metric needs.</param>
    /// <param name="weights">(rows), or empty when all rows count alike.</param>
    /// <param name="groups">(rows) the group of each row, for metrics within groups; else empty.</param>
    public delegate double Formula(Matrix truth, Matrix predicted, ReadOnlySpan<float> weights, ReadOnlySpan<int> groups);

    /// <summary>The least prediction that the formula is defined for; a decision raises lower ones to it. Null: any number will do.</summary>
    public float? Least { get; init; }

    /// <summary>Whether good chances of two classes are best cut at one half; of other metrics of labels the best threshold is fitted.</summary>
    public bool BestAtHalf { get; init; }

    /// <returns>The score in the metric's own unit, computed in double.</returns>
    /// <exception cref="InputException">Lengths differ, a prediction is NaN, or the metric is not defined on these rows (a class is absent, say).</exception>
    public double Score(Matrix truth, Matrix predicted, ReadOnlySpan<float> weights = default, ReadOnlySpan<int> groups = default)
    {
        Require.SameLength(truth.Rows, predicted.Rows);
        if (truth.Rows == 0) throw new InputException($"{Name} of no rows is not defined.");
        var values = predicted.Values.Span;
        if (System.Numerics.Tensors.TensorPrimitives.IsNaNAny(values))
        {
            var at = 0;
            while (!float.IsNaN(values[at])) at++;
            throw new InputException($"{Name}: the prediction of row {at / predicted.Columns + 1} is NaN; there must be a number for each row.");
        }
        return Of(truth, predicted, weights, groups);
    }

    /// <returns>The predictions, those below <see cref="Least"/> raised to it: what a learner that is still training shows to the metric.</returns>
    public Matrix Raise(Matrix predicted) => Least is { } least ? predicted.Map(value => value < least ? least : value) : predicted;

    /// <summary>One target, one output.</summary>
    public double Score(ReadOnlyMemory<float> truth, ReadOnlyMemory<float> predicted) => Score(new Matrix(truth, 1), new Matrix(predicted, 1));

    public bool IsBetter(double a, double b) => HigherIsBetter ? a > b : a < b;

    /// <summary>The score no prediction beats in the wrong direction: where a search for the best starts.</summary>
    public double Worst => HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
}
