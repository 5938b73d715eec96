using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

public enum FillValue
{
    Median,
    Mean,
    Constant,
}

/// <summary>Puts a number where one is missing, and adds a column that says where.</summary>
/// <remarks>Infinities count as missing. A column with no value at all in training is filled with <see cref="Constant"/>.</remarks>
public sealed record FillMissing : IEncoder
{
    /// <summary>The number columns to fill; null: all.</summary>
    public NameList? Columns { get; init; }

    public FillValue With { get; init; } = FillValue.Median;

    /// <summary>What <see cref="FillValue.Constant"/> fills with.</summary>
    public float Constant { get; init; }

    /// <summary>Adds "Age_missing" (0 or 1) beside each column that has missing values in training.</summary>
    public bool Indicator { get; init; } = true;

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FilledMissing([.. train.Chosen<NumberColumn>(Columns).Select(Of)]);
        return new(fitted, fitted.Transform(train));
    }

    FilledMissing.Column Of(NumberColumn column)
    {
        var values = column.Values.Span;
        var sorted = SortedValues.Sorted(values);
        var fill = sorted.Length == 0 ? Constant : With switch
        {
            FillValue.Median => (float)SortedValues.Quantile(sorted, 0.5),
            FillValue.Mean => (float)SortedValues.Moments(sorted).Mean,
            _ => Constant,
        };
        return new(column.Name, fill, Indicator && sorted.Length < values.Length);
    }
}

/// <summary>See <see cref="FillMissing"/>.</summary>
public sealed record FilledMissing(IReadOnlyList<FilledMissing.Column> Columns) : IFittedEncoder
{
    public sealed record Column(string Name, float Fill, bool Indicator);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column => Filled(column.As<NumberColumn>(), byName[column.Name]));
    }

    static IEnumerable<Data.Column> Filled(NumberColumn column, Column fitted)
    {
        yield return column.Map(x => float.IsFinite(x) ? x : fitted.Fill);
        if (fitted.Indicator)
            yield return new NumberColumn(column.Name + "_missing", column.Map(x => float.IsFinite(x) ? 0 : 1).Values);
    }
}
