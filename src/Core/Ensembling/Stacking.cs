using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>A small model on the members' out-of-fold predictions: logistic regression of classes, ridge regression of numbers.</summary>
/// <remarks>
/// Members agree so much that free weights would run away, so they are drawn to the plain mean instead of to 0.
/// Of classes it is a logarithmic pool: log chance ∝ Σ weight · log chance of the member, plus a bias for each class, one weight a member.
/// Of several labels or numbers each column has weights of its own.
/// </remarks>
public sealed record Stacking : IEnsemble
{
    public string Name { get; init; } = "stacking";

    /// <summary>Whether no member may count negatively: the sturdier choice.</summary>
    public bool NonNegative { get; init; } = true;

    /// <summary>How strongly weights are drawn to the plain mean, against losses that are means over rows of standardised numbers.</summary>
    public double Strength { get; init => field = Require.Positive(value); } = 0.01;

    /// <exception cref="InputException">Quantiles cannot be stacked.</exception>
    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed)
    {
        if (answers.Task == TaskKind.Quantile) throw new InputException("Quantiles cannot be stacked: least squares would make means of them. Take Weighted.");
        var chances = members[0].Kind == OutputKind.Probabilities;
        if (chances && members[0].Outputs > 1 && answers.Task == TaskKind.Multiclass)
        {
            var (weights, biases) = LogarithmicPool.Fit(members, Codes(answers.Truth.Column(0)), members[0].Outputs, Strength, NonNegative);
            return new StackedBlend(StackedKind.Pool, [weights], [biases]);
        }
        var (columns, intercepts) = (new double[members[0].Outputs][], new double[members[0].Outputs]);
        for (var column = 0; column < columns.Length; column++)
        {
            var inputs = members.Select(member => member.Values.Column(column)).ToArray();
            if (chances)
            {
                var twoClasses = members.Select(member => TwoClasses(member.Values.Column(column).Span)).ToArray();
                var (weights, biases) = LogarithmicPool.Fit(twoClasses, Codes(answers.Truth.Column(column)), 2, Strength, NonNegative);
                (columns[column], intercepts[column]) = (weights, biases[1] - biases[0]);
            }
            else (columns[column], intercepts[column]) = LeastSquares(inputs, answers.Truth.Column(column), members.Count);
        }
        return new StackedBlend(chances ? StackedKind.Chances : StackedKind.Linear, columns, [intercepts]);
    }

    static int[] Codes(ReadOnlyMemory<float> truth) => Array.ConvertAll(truth.ToArray(), code => (int)code);

    static Predictions TwoClasses(ReadOnlySpan<float> chances)
    {
        var both = new float[chances.Length * 2];
        for (var row = 0; row < chances.Length; row++) (both[2 * row], both[2 * row + 1]) = (1 - chances[row], chances[row]);
        return new(OutputKind.Probabilities, new(both, 2));
    }

    (double[] Weights, double Intercept) LeastSquares(ReadOnlyMemory<float>[] inputs, ReadOnlyMemory<float> truth, int count)
    {
        var rows = truth.Length;
        var means = inputs.Select(input => Average(input.Span)).ToArray();
        var mean = Average(truth.Span);
        var variance = 0.0;
        foreach (var value in truth.Span) variance += (value - mean) * (value - mean) / rows;
        if (variance == 0) variance = 1;
        var (a, b) = (new double[count, count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var left = inputs[i].Span;
            for (var j = 0; j <= i; j++)
            {
                var right = inputs[j].Span;
                var product = 0.0;
                for (var row = 0; row < rows; row++) product += (left[row] - means[i]) * (right[row] - means[j]);
                a[i, j] = a[j, i] = product / rows / variance;
            }
            var towards = 0.0;
            var answers = truth.Span;
            for (var row = 0; row < rows; row++) towards += (left[row] - means[i]) * (answers[row] - mean);
            b[i] = towards / rows / variance + Strength / count;
            a[i, i] += Strength;
        }
        var weights = BoundedQuadratic.Minimise(a, b, [.. Enumerable.Repeat(1.0 / count, count)], [.. Enumerable.Repeat(NonNegative, count)]);
        return (weights, mean - weights.Zip(means, (weight, m) => weight * m).Sum());
    }

    static double Average(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }
}
