using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>One column of 0 and 1 for each level: "Port=C", "Port=S". A level never seen in training is 0 in all of them.</summary>
public sealed record OneHot : IEncoder
{
    /// <summary>The category columns to take apart; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>Levels with fewer training rows share the column "Port=(rare)".</summary>
    public int MinCount { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>At most so many columns, the commonest levels first; the others share the column "Port=(rare)".</summary>
    public int MaxLevels { get; init => field = Require.AtLeast(2, value); } = int.MaxValue;

    /// <summary>A column "Port=(missing)" when values are missing in training; else a missing value is 0 in all columns.</summary>
    public bool MissingColumn { get; init; } = true;

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedOneHot([.. train.Chosen<CategoryColumn>(Columns).Select(Of)]);
        return new(fitted, fitted.Transform(train));
    }

    FittedOneHot.Column Of(CategoryColumn column)
    {
        var (counts, missing) = Levels.Count(column);
        var seen = Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)
            .OrderByDescending(code => counts[code]).ThenBy(code => column.Levels[code], StringComparer.Ordinal).ToArray();
        var often = seen.Where(code => counts[code] >= MinCount).ToArray();
        if (often.Length > MaxLevels || (often.Length == MaxLevels && often.Length < seen.Length)) often = often[..(MaxLevels - 1)];
        return new(
            column.Name,
            [.. Levels.InOrder(often.Select(code => column.Levels[code]))],
            [.. Levels.InOrder(seen.Except(often).Select(code => column.Levels[code]))],
            MissingColumn && missing > 0);
    }
}

/// <summary>See <see cref="OneHot"/>.</summary>
public sealed record FittedOneHot(IReadOnlyList<FittedOneHot.Column> Columns) : IFittedEncoder
{
    /// <param name="Name">The category column.</param>
    /// <param name="Common">Levels with a column of their own.</param>
    /// <param name="Rare">Levels that share one.</param>
    /// <param name="Missing">Whether missing values have a column.</param>
    public sealed record Column(string Name, IReadOnlyList<string> Common, IReadOnlyList<string> Rare, bool Missing);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column => Split(column.As<CategoryColumn>(), byName[column.Name]));
    }

    static IEnumerable<Data.Column> Split(CategoryColumn column, Column fitted)
    {
        var found = Levels.Find(column, [.. fitted.Common, .. fitted.Rare]);
        for (var level = 0; level < fitted.Common.Count; level++)
        {
            var at = level;
            yield return Where(fitted.Common[level], x => x == at);
        }
        if (fitted.Rare.Count > 0) yield return Where("(rare)", x => x >= fitted.Common.Count);
        if (fitted.Missing) yield return Where("(missing)", x => x == Levels.Missing);

        NumberColumn Where(string level, Func<int, bool> holds) =>
            new($"{column.Name}={level}", Array.ConvertAll(found, x => holds(x) ? 1f : 0f));
    }
}
