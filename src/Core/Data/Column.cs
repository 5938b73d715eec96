using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>What a column holds, and so which learners and encoders can use it.</summary>
[Flags]
public enum ColumnKind
{
    Number = 1,
    Category = 2,
    Date = 4,
    Text = 8,
    Image = 16,
}

/// <summary>One named column of a table, immutable, all its rows in memory.</summary>
public abstract class Column(string name, ColumnKind kind, int rows)
{
    public string Name { get; } = name;

    public ColumnKind Kind { get; } = kind;

    public int Rows { get; } = rows;

    public abstract bool IsMissing(int row);

    /// <returns>A new column with the rows asked for, in that order.</returns>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <returns>A new column with these rows and then those of another, which has the same name, kind and levels.</returns>
    public abstract Column Stack(Column other);

    private protected static T[] Both<T>(ReadOnlyMemory<T> first, ReadOnlyMemory<T> second) => [.. first.Span, .. second.Span];

    private protected static T[] Gather<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = from[rows[i]];
        return taken;
    }
}

/// <summary>Numbers; NaN is missing.</summary>
public sealed class NumberColumn(string name, ReadOnlyMemory<float> values) : Column(name, ColumnKind.Number, values.Length)
{
    public ReadOnlyMemory<float> Values { get; } = values;

    public override bool IsMissing(int row) => float.IsNaN(Values.Span[row]);

    public override Column Take(ReadOnlySpan<int> rows) => new NumberColumn(Name, Gather(Values.Span, rows));

    public override Column Stack(Column other) => new NumberColumn(Name, Both(Values, ((NumberColumn)other).Values));
}

/// <summary>Codes 0 … levels − 1 into names shared by train and test; −1 is missing.</summary>
public sealed class CategoryColumn(string name, ReadOnlyMemory<int> codes, ImmutableArray<string> levels)
    : Column(name, ColumnKind.Category, codes.Length)
{
    public ReadOnlyMemory<int> Codes { get; } = codes;

    public ImmutableArray<string> Levels { get; } = levels;

    public override bool IsMissing(int row) => Codes.Span[row] < 0;

    public override Column Take(ReadOnlySpan<int> rows) => new CategoryColumn(Name, Gather(Codes.Span, rows), Levels);

    public override Column Stack(Column other) => new CategoryColumn(Name, Both(Codes, ((CategoryColumn)other).Codes), Levels);
}

/// <summary>Moments as ticks of <see cref="DateTime"/>; <see cref="Missing"/> is missing.</summary>
public sealed class DateColumn(string name, ReadOnlyMemory<long> ticks) : Column(name, ColumnKind.Date, ticks.Length)
{
    public const long Missing = long.MinValue;

    public ReadOnlyMemory<long> Ticks { get; } = ticks;

    public override bool IsMissing(int row) => Ticks.Span[row] == Missing;

    public override Column Take(ReadOnlySpan<int> rows) => new DateColumn(Name, Gather(Ticks.Span, rows));

    public override Column Stack(Column other) => new DateColumn(Name, Both(Ticks, ((DateColumn)other).Ticks));
}

/// <summary>Free text; null is missing.</summary>
public sealed class TextColumn(string name, ReadOnlyMemory<string?> texts) : Column(name, ColumnKind.Text, texts.Length)
{
    public ReadOnlyMemory<string?> Texts { get; } = texts;

    public override bool IsMissing(int row) => Texts.Span[row] is null;

    public override Column Take(ReadOnlySpan<int> rows) => new TextColumn(Name, Gather(Texts.Span, rows));

    public override Column Stack(Column other) => new TextColumn(Name, Both(Texts, ((TextColumn)other).Texts));
}

/// <summary>Where an image column's pictures lie.</summary>
/// <param name="Folder">The folder or zip in which its sources name files.</param>
/// <param name="Digest">A hash over the pictures' bytes; "" when it is not known.</param>
public sealed record PicturePlace(string Folder, string Digest = "");

/// <summary>Which pictures (a path, a path inside an archive, file#number for one of many in a file); null is missing. Nothing is decoded here.</summary>
/// <param name="place">What the paths are relative to; null: the working folder.</param>
public sealed class ImageColumn(string name, ReadOnlyMemory<string?> sources, PicturePlace? place = null) : Column(name, ColumnKind.Image, sources.Length)
{
    public ReadOnlyMemory<string?> Sources { get; } = sources;

    public PicturePlace? Place { get; } = place;

    public override bool IsMissing(int row) => Sources.Span[row] is null;

    public override Column Take(ReadOnlySpan<int> rows) => new ImageColumn(Name, Gather(Sources.Span, rows), Place);

    public override Column Stack(Column other) => new ImageColumn(Name, Both(Sources, ((ImageColumn)other).Sources), Place);
}
