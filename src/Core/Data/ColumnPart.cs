using System.Globalization;

namespace Kaggle.Core.Data;

/// <summary>The cells of one column in one stretch of a file.</summary>
sealed class ColumnPart
{
    readonly Storing storing;
    readonly byte[][] alsoMissing;
    readonly double[] numbers = [];
    readonly long[] ticks = [];
    readonly int[] codes = [];
    readonly int start;
    int next;

    /// <param name="array">What <see cref="CellStore"/> made for this way of storing.</param>
    /// <param name="start">Where in it this part begins.</param>
    /// <param name="alsoMissing">What means missing beside the usual marks.</param>
    /// <param name="before">The same column's part elsewhere: how many different texts to expect.</param>
    public ColumnPart(Storing storing, Array array, int start, byte[][] alsoMissing, ColumnPart? before = null)
    {
        (this.storing, this.start, this.alsoMissing, next) = (storing, start, alsoMissing, start);
        switch (storing)
        {
            case Storing.Nothing: break;
            case Storing.Numbers: numbers = (double[])array; break;
            case Storing.Words: codes = (int[])array; break;
            default: ticks = (long[])array; break;
        }
        Levels = new(before?.Levels);
    }

    public int Rows => next - start;

    /// <summary>What all cells so far can be read as. Where <c>storing</c> succeeds, other orders of a date are not tried: they stay possible.</summary>
    public Readings Shared { get; private set; } = Readings.Any;

    /// <summary>The cell that left only words, and its row here.</summary>
    public (int Row, string Text)? FirstWord { get; private set; }

    public Memory<double> Numbers => numbers.AsMemory(start, Rows);

    public Memory<long> Ticks => ticks.AsMemory(start, Rows);

    public Memory<int> Codes => codes.AsMemory(start, Rows);

    public LevelTable Levels { get; }

    public void Add(ReadOnlySpan<byte> cell)
    {
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
            numbers[next++] = number;
        }
        else Add(System.Text.Encoding.UTF8.GetBytes(text ?? number.ToString(CultureInfo.InvariantCulture)));
    }

    public void AddMoment(DateTime moment)
    {
        if (storing == Storing.IsoDates)
        {
            Shared &= Readings.IsoDate | Readings.Words;
            ticks[next++] = moment.Ticks;
        }
        else Add(System.Text.Encoding.UTF8.GetBytes(new DateValues("", new[] { moment.Ticks }).TextAt(0)!));
    }

    void AddNumber(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty) numbers[next++] = double.NaN;
        else if (cell[0] <= '9' && alsoMissing.Length == 0 && NumberCell.ReadingsOf(cell, out var number) is var readings and not 0)
        {
            Shared &= readings | Readings.Words;
            numbers[next++] = number;
        }
        else AddRareNumber(Cell.Trim(cell));
    }

    void AddRareNumber(ReadOnlySpan<byte> cell)
    {
        var number = double.NaN;
        if (Cell.TryBoolean(cell, out var value) && !IsAlsoMissing(cell))
        {
            Narrow(cell, Readings.Boolean);
            number = value ? 1 : 0;
        }
        else if (!Cell.IsMissing(cell) && !IsAlsoMissing(cell))
        {
            var readings = NumberCell.ReadingsOf(cell, out number);
            if (readings != 0 || Shared != Readings.Words) Narrow(cell, readings != 0 ? readings : DateCell.ReadingsOf(cell));
        }
        numbers[next++] = number;
    }

    void AddDate(ReadOnlySpan<byte> cell, Readings order)
    {
        cell = Cell.Trim(cell);
        if (DateCell.TryRead(cell, order, out var moment)) Shared &= Readings.AnyDate | Readings.Words;
        else if (!Cell.IsMissing(cell) && !IsAlsoMissing(cell)) Narrow(cell, Cell.Of(cell));
        ticks[next++] = moment;
    }

    void AddWords(ReadOnlySpan<byte> cell)
    {
        cell = Cell.Trim(cell);
        var missing = (Cell.IsMissing(cell) && !cell.SequenceEqual("?"u8)) || (alsoMissing.Length > 0 && IsAlsoMissing(cell));
        codes[next++] = missing ? -1 : Levels.Code(cell);
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
