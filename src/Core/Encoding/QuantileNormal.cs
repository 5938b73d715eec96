using Kaggle.Core.Data;
using MathNet.Numerics.Distributions;

namespace Kaggle.Core.Encoding;

/// <summary>Makes each column normally distributed: a value becomes the normal quantile of its rank among the training rows. Missing stays missing.</summary>
/// <remarks>scikit-learn's QuantileTransformer; number of quantiles and noise as in TabM (arXiv 2410.24210). Beyond the training range: ±5.2.</remarks>
public sealed record QuantileNormal : IEncoder
{
    const double Tail = 1e-7;

    /// <summary>The number columns to change; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>How many quantiles describe a column; null: rows / 30, at least 10 and at most 1000.</summary>
    public int? Quantiles { get; init => field = value is { } n ? Require.AtLeast(2, n) : null; }

    /// <summary>Normal noise on the values that the quantiles are taken of, as a share of their standard deviation: it spreads ties. 0: none.</summary>
    public double Noise { get; init => field = Require.AtLeast(0, value); }

    public Encoded Fit(Dataset train, int seed)
    {
        var random = new Random(seed);
        var fitted = new FittedQuantileNormal([.. train.Chosen<NumberColumn>(Columns).Select(c => Of(c, random))]);
        return new(fitted, fitted.Transform(train));
    }

    FittedQuantileNormal.Column Of(NumberColumn column, Random random)
    {
        var values = column.Values.Span;
        if (Noise > 0)
        {
            var spread = Noise * Math.Sqrt(SortedValues.Moments(values).Variance);
            var noisy = values.ToArray();
            for (var i = 0; i < noisy.Length; i++) noisy[i] += (float)(spread * Normal.Sample(random, 0, 1));
            values = noisy;
        }
        var sorted = SortedValues.Sorted(values);
        if (sorted.Length == 0) return new(column.Name, []);
        var count = Math.Min(Quantiles ?? Math.Clamp(column.Rows / 30, 10, 1000), Math.Max(2, sorted.Length));
        var quantiles = new double[count];
        for (var i = 0; i < count; i++) quantiles[i] = SortedValues.Quantile(sorted, i / (count - 1.0));
        return new(column.Name, quantiles);
    }

    /// <returns>The normal quantile of a share, ±5.2 at most.</returns>
    internal static double Normalised(double share) => Math.Clamp(
        Normal.InvCDF(0, 1, Math.Clamp(share, Tail, 1 - Tail)), -Edge, Edge);

    static readonly double Edge = -Normal.InvCDF(0, 1, Tail);
}

/// <summary>See <see cref="QuantileNormal"/>.</summary>
public sealed record FittedQuantileNormal(IReadOnlyList<FittedQuantileNormal.Column> Columns) : IFittedEncoder
{
    /// <param name="Name">The column.</param>
    /// <param name="Quantiles">Its values at equally spaced shares 0 … 1; none when it had no value.</param>
    public sealed record Column(string Name, double[] Quantiles);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column => [column.As<NumberColumn>().Map(x => Of(x, byName[column.Name].Quantiles))]);
    }

    static float Of(float x, double[] quantiles)
    {
        if (float.IsNaN(x)) return float.NaN;
        if (quantiles.Length == 0 || quantiles[0] == quantiles[^1]) return 0;
        if (x <= quantiles[0]) return (float)QuantileNormal.Normalised(0);
        if (x >= quantiles[^1]) return (float)QuantileNormal.Normalised(1);
        // Ties span several quantiles: the middle of the first and the last.
        var share = (Share(quantiles, x, First(quantiles, x)) + Share(quantiles, x, Last(quantiles, x))) / 2;
        return (float)QuantileNormal.Normalised(share);
    }

    static double Share(double[] quantiles, double x, int below)
    {
        var (low, high) = (quantiles[below], quantiles[below + 1]);
        var within = high == low ? 0 : (x - low) / (high - low);
        return (below + within) / (quantiles.Length - 1);
    }

    /// <returns>The last i with quantiles[i] below x, so that x lies in (i, i + 1].</returns>
    static int First(double[] quantiles, double x)
    {
        int low = 0, high = quantiles.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (quantiles[middle] < x) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <returns>The last i with quantiles[i] not above x, so that x lies in [i, i + 1).</returns>
    static int Last(double[] quantiles, double x)
    {
        int low = 0, high = quantiles.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (quantiles[middle] <= x) low = middle;
            else high = middle;
        }
        return low;
    }
}
