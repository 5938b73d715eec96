using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Levels seen in few training rows, and levels never seen there, become the one level "(rare)". Missing stays missing.</summary>
public sealed record RareLevels : IEncoder
{
    public const string Rare = "(rare)";

    /// <summary>The category columns to thin out; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>Levels with fewer training rows are rare.</summary>
    public int MinCount { get; init => field = Require.AtLeast(1, value); } = 10;

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedRareLevels([.. train.Chosen<CategoryColumn>(Columns).Select(Of)]);
        return new(fitted, fitted.Transform(train));
    }

    FittedRareLevels.Column Of(CategoryColumn column)
    {
        var counts = Levels.Count(column).Levels;
        return new(column.Name, [.. Levels.InOrder(column.Levels.Where((level, code) => counts[code] >= MinCount && level != Rare))]);
    }
}

/// <summary>See <see cref="RareLevels"/>.</summary>
public sealed record FittedRareLevels(IReadOnlyList<FittedRareLevels.Column> Columns) : IFittedEncoder
{
    public sealed record Column(string Name, IReadOnlyList<string> Common);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column =>
        {
            var common = byName[column.Name].Common;
            var found = Levels.Find(column.As<CategoryColumn>(), common);
            return [new CategoryColumn(column.Name, Array.ConvertAll(found, x => x == Levels.Unseen ? common.Count : x), [.. common, RareLevels.Rare])];
        });
    }
}
