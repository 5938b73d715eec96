using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>log(1 + x) of columns that are never negative in training and have a long tail to the right; the others stay.</summary>
/// <remarks>Later values below 0 count as 0. What linear models want of prices, areas and counts.</remarks>
public sealed record LogOfSkewed : IEncoder
{
    /// <summary>The number columns to look at; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>The skewness from which a column is changed.</summary>
    public double Skewness { get; init; } = 0.75;

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedLogOfSkewed([.. train.Chosen<NumberColumn>(Columns).Where(IsSkewed).Select(c => c.Name)]);
        return new(fitted, fitted.Transform(train));
    }

    bool IsSkewed(NumberColumn column)
    {
        var values = column.Values.Span;
        var (mean, variance) = SortedValues.Moments(values);
        if (variance <= 0) return false;
        double cubes = 0;
        var count = 0;
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) continue;
            if (value < 0) return false;
            cubes += Math.Pow(value - mean, 3);
            count++;
        }
        return cubes / count / Math.Pow(variance, 1.5) > Skewness;
    }
}

/// <summary>See <see cref="LogOfSkewed"/>.</summary>
public sealed record FittedLogOfSkewed(IReadOnlyList<string> Columns) : IFittedEncoder
{
    public Dataset Transform(Dataset rows) => rows.Replacing(Columns, column =>
        [column.As<NumberColumn>().Map(x => float.IsNaN(x) ? x : (float)Math.Log(1 + Math.Max(0.0, x)))]);
}
