namespace Kaggle.Core.Data;

/// <summary>One column of one file as read, before its kind is settled.</summary>
sealed class ScannedColumn(string name, Storing storing, IReadOnlyList<ColumnPart> parts, Readings known = Readings.Any)
{
    public string Name { get; } = name;

    public Storing Storing { get; } = storing;

    public IReadOnlyList<ColumnPart> Parts { get; } = parts;

    /// <summary>What all cells can be read as; of a column of words only what was known before.</summary>
    public Readings Shared { get; } = parts.Aggregate(known, (all, part) => all & part.Shared);

    public int Rows { get; } = parts.Sum(p => p.Rows);

    /// <returns>The same cells; what an earlier reading ruled out stays ruled out.</returns>
    public ScannedColumn Knowing(Readings known) => new(Name, Storing, Parts, known & Shared);

    /// <returns>The first cell, by row, that is neither missing nor what the others are; null when there is none.</returns>
    public (int Row, string Text)? FirstWord()
    {
        var start = 0;
        foreach (var part in Parts)
        {
            if (part.FirstWord is { } found) return (start + found.Row, found.Text);
            start += part.Rows;
        }
        return null;
    }
}

/// <summary>One file as read.</summary>
sealed record ScannedFile(TableSource Source, IReadOnlyList<ScannedColumn> Columns, int Rows);
