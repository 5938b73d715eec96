using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Each level becomes its place in an order: 0, 1, 2 … Missing and unseen levels become missing numbers.</summary>
public sealed record OrdinalCodes : IEncoder
{
    /// <summary>The category columns to count through; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>The levels from least to most, of all columns alike; null: the levels met in training, as numbers or by their characters.</summary>
    public NameList? Order { get; init; }

    /// <summary>Instead of NaN for levels not met in training; trees can be told to see them as −1.</summary>
    public float Unseen { get; init; } = float.NaN;

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedOrdinalCodes([.. train.Chosen<CategoryColumn>(Columns).Select(Of)], Unseen);
        return new(fitted, fitted.Transform(train));
    }

    FittedOrdinalCodes.Column Of(CategoryColumn column)
    {
        if (Order is not null) return new(column.Name, [.. Order]);
        var counts = Levels.Count(column).Levels;
        return new(column.Name, [.. Levels.InOrder(column.Levels.Where((_, code) => counts[code] > 0))]);
    }
}

/// <summary>See <see cref="OrdinalCodes"/>.</summary>
public sealed record FittedOrdinalCodes(IReadOnlyList<FittedOrdinalCodes.Column> Columns, float Unseen) : IFittedEncoder
{
    public sealed record Column(string Name, IReadOnlyList<string> Levels);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column =>
        {
            var found = Levels.Find(column.As<CategoryColumn>(), byName[column.Name].Levels);
            return [new NumberColumn(column.Name, Array.ConvertAll(found, x => x >= 0 ? x : x == Levels.Missing ? float.NaN : Unseen))];
        });
    }
}
