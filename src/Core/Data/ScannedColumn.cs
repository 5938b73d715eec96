using System.Globalization;

namespace Kaggle.Core.Data;

/// <summary>How the cells of a column are kept while they are read.</summary>
enum Storing
{
    Nothing,

    /// <summary>float64; booleans too.</summary>
    Numbers,

    IsoDates,
    MonthFirstDates,
    DayFirstDates,

    /// <summary>Codes into the different texts.</summary>
    Words,
}

/// <summary>The cells of one column in one stretch of a file.</summary>
sealed class ColumnPart(Storing storing, int capacity, byte[][] alsoMissing)
{
    readonly double[] numbers = storing == Storing.Numbers ? GC.AllocateUninitializedArray<double>(capacity) : [];
    readonly long[] ticks = storing is Storing.IsoDates or Storing.MonthFirstDates or Storing.DayFirstDates ? GC.AllocateUninitializedArray<long>(capacity) : [];
    readonly int[] codes = storing == Storing.Words ? GC.AllocateUninitializedArray<int>(capacity) : [];

    public int Rows { get; private set; }

    /// <summary>What all cells so far can be read as. Where <c>storing</c> succeeds, other orders of a date are not tried: they stay possible.</summary>
    public Readings Shared { get; private set; } = Readings.Any;

    /// <summary>The cell that left only words, and its row here.</summary>
    public (int Row, string Text)? FirstWord { get; private set; }

    public ReadOnlySpan<double> Numbers => numbers.AsSpan(0, Rows);

    public ReadOnlySpan<long> Ticks => ticks.AsSpan(0, Rows);

    public ReadOnlySpan<int> Codes => codes.AsSpan(0, Rows);

    public LevelTable Levels { get; } = new();

    public void Add(ReadOnlySpan<byte> cell)
    {
        cell = Cell.Trim(cell);
        switch (storing)
        {
            case Storing.Numbers: AddNumber(cell); break;
            case Storing.IsoDates: AddDate(cell, Readings.IsoDate); break;
            case Storing.MonthFirstDates: AddDate(cell, Readings.MonthFirst); break;
            case Storing.DayFirstDates: AddDate(cell, Readings.DayFirst); break;
            case Storing.Words: AddWords(cell); break;
        }
    }

    /// <param name="text">The number as words; null: its invariant text.</param>
    public void AddNumber(double number, Readings readings, string? text)
    {
        if (storing == Storing.Numbers && alsoMissing.Length == 0)
        {
            if (!double.IsNaN(number)) Shared &= readings;
            numbers[Rows++] = number;
        }
        else Add(System.Text.Encoding.UTF8.GetBytes(text ?? number.ToString(CultureInfo.InvariantCulture)));
    }

    public void AddMoment(DateTime moment)
    {
        if (storing == Storing.IsoDates)
        {
            Shared &= Readings.IsoDate | Readings.Words;
            ticks[Rows++] = moment.Ticks;
        }
        else Add(System.Text.Encoding.UTF8.GetBytes(new DateValues("", new[] { moment.Ticks }).TextAt(0)!));
    }

    void AddNumber(ReadOnlySpan<byte> cell)
    {
        var readings = Cell.NumberReadings(cell, out var number);
        if (readings != 0 && (alsoMissing.Length == 0 || !IsAlsoMissing(cell)))
        {
            Shared &= readings | Readings.Words;
            numbers[Rows++] = number;
        }
        else if (Cell.IsMissing(cell) || IsAlsoMissing(cell)) numbers[Rows++] = double.NaN;
        else if (Cell.TryBoolean(cell, out var value))
        {
            Narrow(cell, Readings.Boolean);
            numbers[Rows++] = value ? 1 : 0;
        }
        else
        {
            if (Shared != Readings.Words) Narrow(cell, Cell.DateReadings(cell));
            numbers[Rows++] = double.NaN;
        }
    }

    void AddDate(ReadOnlySpan<byte> cell, Readings order)
    {
        if (Cell.TryDate(cell, order, out var moment)) Shared &= Readings.AnyDate | Readings.Words;
        else if (!Cell.IsMissing(cell) && !IsAlsoMissing(cell)) Narrow(cell, Cell.Of(cell));
        ticks[Rows++] = moment;
    }

    void AddWords(ReadOnlySpan<byte> cell)
    {
        var missing = (Cell.IsMissing(cell) && !cell.SequenceEqual("?"u8)) || (alsoMissing.Length > 0 && IsAlsoMissing(cell));
        codes[Rows++] = missing ? -1 : Levels.Code(cell);
    }

    void Narrow(ReadOnlySpan<byte> cell, Readings readings)
    {
        Shared &= readings | Readings.Words;
        if (Shared == Readings.Words) FirstWord ??= (Rows, System.Text.Encoding.UTF8.GetString(cell));
    }

    bool IsAlsoMissing(ReadOnlySpan<byte> cell) => IsOneOf(alsoMissing, cell);

    public static bool IsOneOf(byte[][] marks, ReadOnlySpan<byte> cell)
    {
        foreach (var mark in marks)
            if (cell.SequenceEqual(mark)) return true;
        return false;
    }
}

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
