using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>Few different texts; levels are in numeric order where all are numbers, else ordinal. −1 is missing.</summary>
public sealed class CategoryValues(string name, ReadOnlyMemory<int> codes, ImmutableArray<string> levels)
    : TableColumn(name, ValueKind.Category, codes.Length)
{
    public ReadOnlyMemory<int> Codes { get; } = codes;

    public ImmutableArray<string> Levels { get; } = levels;

    public override bool IsMissing(int row) => Codes.Span[row] < 0;

    public override string? TextAt(int row) => Codes.Span[row] is var code and >= 0 ? Levels[code] : null;

    public override TableColumn Take(ReadOnlySpan<int> rows) => new CategoryValues(Name, Gather(Codes.Span, rows), Levels);

    public override TableColumn Named(string name) => new CategoryValues(name, Codes, Levels);

    public override Column ToColumn() => new CategoryColumn(Name, Codes, Levels);
}
