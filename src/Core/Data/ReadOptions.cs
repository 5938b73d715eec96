using System.Collections.Immutable;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Core.Data;

/// <summary>How a file is read where its own evidence is not to decide.</summary>
public sealed record ReadOptions
{
    public static ReadOptions Default { get; } = new();

    /// <summary>The kinds of columns that are stated, by name; all others are inferred over the whole file.</summary>
    public ImmutableDictionary<string, ColumnKind> Kinds { get; init; } = ImmutableDictionary<string, ColumnKind>.Empty;

    /// <summary>
    /// More texts that mean missing (−999, unknown), beside the empty cell, NA, N/A, n/a, #N/A, NaN, nan, NULL, null, &lt;NA&gt;.
    /// A lone ? is missing in every column but text.
    /// </summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>Null: found among , ; tab and | in the first lines.</summary>
    public char? Separator { get; init; }

    /// <summary>Null: UTF-8, or what the byte order mark says.</summary>
    public TextEncoding? Encoding { get; init; }

    /// <summary>How many threads parse.</summary>
    public int Threads { get; init => field = Require.AtLeast(1, value); } = Environment.ProcessorCount;

    /// <returns>These options with one more stated kind.</returns>
    public ReadOptions With(string column, ColumnKind kind) => this with { Kinds = Kinds.SetItem(column, kind) };
}
