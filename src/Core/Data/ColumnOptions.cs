using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>What columns are for, where their names and values do not say it.</summary>
public sealed record ColumnOptions
{
    public ReadOptions Reading { get; init; } = ReadOptions.Default;

    /// <summary>Kinds that are stated, of the file's columns and of the features'.</summary>
    public ImmutableDictionary<string, ColumnKind> Kinds { get; init; } = ImmutableDictionary<string, ColumnKind>.Empty;

    /// <summary>Rows of one group never stand on both sides of a fold; the column itself is no feature.</summary>
    public string? Group { get; init; }

    /// <summary>Dates or numbers in the order of time.</summary>
    public string? Time { get; init; }

    /// <summary>How much each training row counts, from 0; the column itself is no feature.</summary>
    public string? Weight { get; init; }

    /// <summary>Columns that are not to be learned from; they need not stand in both files.</summary>
    public ImmutableArray<string> Drop { get; init; } = [];
}
