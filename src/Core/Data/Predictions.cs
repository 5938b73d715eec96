namespace Kaggle.Core.Data;

/// <summary>What the numbers of a prediction mean.</summary>
public enum OutputKind
{
    /// <summary>0 to 1; of several classes each row sums to 1.</summary>
    Probabilities,

    /// <summary>In the unit of the target.</summary>
    Values,

    /// <summary>Only their order means something.</summary>
    Scores,
}

/// <summary>What a model says of rows: (rows, outputs) float32.</summary>
/// <remarks>
/// Outputs by task: binary 1 (the chance of the second class), multiclass one a class, multilabel one a label,
/// regression one a target, quantile one a quantile, ordinal 1 (a value on the scale 0 … classes − 1).
/// </remarks>
public sealed class Predictions(OutputKind kind, Matrix values)
{
    public OutputKind Kind { get; } = kind;

    public Matrix Values { get; } = values;

    public int Rows => Values.Rows;

    public int Outputs => Values.Columns;

    public float this[int row, int output] => Values[row, output];

    public Predictions Take(ReadOnlySpan<int> rows) => new(Kind, Values.Take(rows));

    /// <returns>The mean of equally shaped predictions, summed in double.</returns>
    public static Predictions Mean(IReadOnlyList<Predictions> all) =>
        Weighted(all, [.. Enumerable.Repeat(1.0 / all.Count, all.Count)]);

    /// <returns>Σ weight · predictions, summed in double; the kind is that of the first.</returns>
    public static Predictions Weighted(IReadOnlyList<Predictions> all, ReadOnlySpan<double> weights)
    {
        if (all.Count == 0) throw new ArgumentException("There is nothing to blend.");
        var sum = new double[all[0].Values.Values.Length];
        for (var m = 0; m < all.Count; m++)
        {
            var values = all[m].Values.Values.Span;
            if (values.Length != sum.Length) throw new ArgumentException("Predictions of different shapes cannot be blended.");
            var weight = weights[m];
            if (weight == 0) continue;
            for (var i = 0; i < sum.Length; i++) sum[i] += weight * values[i];
        }
        return new(all[0].Kind, new(Array.ConvertAll(sum, x => (float)x), all[0].Outputs));
    }
}
