using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>How common a row's level is: its share of the training rows, 0 for a level never seen. Missing counts as a level.</summary>
public sealed record Frequency : IEncoder
{
    /// <summary>The category columns to count; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>Keep the category and put "City_frequency" beside it; else the number takes its place and name.</summary>
    public bool Keep { get; init; }

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedFrequency([.. train.Chosen<CategoryColumn>(Columns).Select(Of)], Keep);
        return new(fitted, fitted.Transform(train));
    }

    static FittedFrequency.Column Of(CategoryColumn column)
    {
        var (counts, missing) = Levels.Count(column);
        var rows = (float)Math.Max(1, column.Rows);
        var seen = Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0).ToArray();
        return new(column.Name, [.. seen.Select(code => column.Levels[code])], [.. seen.Select(code => counts[code] / rows)], missing / rows);
    }
}

/// <summary>See <see cref="Frequency"/>.</summary>
public sealed record FittedFrequency(IReadOnlyList<FittedFrequency.Column> Columns, bool Keep) : IFittedEncoder
{
    public sealed record Column(string Name, IReadOnlyList<string> Levels, IReadOnlyList<float> Shares, float Missing);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column =>
        {
            var fitted = byName[column.Name];
            var found = Levels.Find(column.As<CategoryColumn>(), fitted.Levels);
            var shares = Array.ConvertAll(found, x => x >= 0 ? fitted.Shares[x] : x == Levels.Missing ? fitted.Missing : 0);
            return Keep ? [column, new NumberColumn(column.Name + "_frequency", shares)] : [new NumberColumn(column.Name, shares)];
        });
    }
}
