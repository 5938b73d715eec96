using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Mean 0 and standard deviation 1 over the training rows; a constant column becomes 0. Missing stays missing.</summary>
public sealed record Standardise : IEncoder
{
    /// <summary>The number columns to scale; null: all.</summary>
    public NameList? Columns { get; init; }

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedScale([.. train.Chosen<NumberColumn>(Columns).Select(Of)], SmoothClip: null);
        return new(fitted, fitted.Transform(train));
    }

    static FittedScale.Column Of(NumberColumn column)
    {
        var (mean, variance) = SortedValues.Moments(column.Values.Span);
        // A constant column's variance is rounding, not 0; ten float steps of its mean are noise.
        var noise = 10 * 1.2e-7 * Math.Abs(mean);
        return new(column.Name, mean, variance <= noise * noise ? 0 : 1 / Math.Sqrt(variance));
    }
}

/// <summary>Median 0 and the middle half of the training rows as wide as 1; then a smooth clip to ±3 that outliers cannot leave.</summary>
/// <remarks>Where the middle half is one value, 2 / range takes its place. RealMLP, arXiv 2407.04491. Missing stays missing.</remarks>
public sealed record RobustScale : IEncoder
{
    /// <summary>The number columns to scale; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>x / √(1 + (x/3)²).</summary>
    public bool SmoothClip { get; init; } = true;

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedScale([.. train.Chosen<NumberColumn>(Columns).Select(Of)], SmoothClip ? 3 : null);
        return new(fitted, fitted.Transform(train));
    }

    static FittedScale.Column Of(NumberColumn column)
    {
        var sorted = SortedValues.Sorted(column.Values.Span);
        if (sorted.Length == 0) return new(column.Name, 0, 0);
        var middle = SortedValues.Quantile(sorted, 0.75) - SortedValues.Quantile(sorted, 0.25);
        var range = (double)sorted[^1] - sorted[0];
        return new(column.Name, SortedValues.Quantile(sorted, 0.5), middle > 0 ? 1 / middle : range > 0 ? 2 / range : 0);
    }
}

/// <summary>(x − centre) · factor, then x / √(1 + (x/clip)²).</summary>
/// <param name="Columns">The columns scaled.</param>
/// <param name="SmoothClip">The bound that no value passes; null: none.</param>
public sealed record FittedScale(IReadOnlyList<FittedScale.Column> Columns, double? SmoothClip) : IFittedEncoder
{
    public sealed record Column(string Name, double Centre, double Factor);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column =>
        {
            var (_, centre, factor) = byName[column.Name];
            return [column.As<NumberColumn>().Map(x => (float)Clipped(factor == 0 && !float.IsNaN(x) ? 0 : (x - centre) * factor))];
        });
    }

    double Clipped(double x) => SmoothClip is not { } most ? x
        : double.IsInfinity(x) ? Math.CopySign(most, x)
        : x / Math.Sqrt(1 + x / most * (x / most));
}
