using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Kaggle.Core.Data;

/// <summary>The ways in which a cell can be read; of a column, those that all its cells share.</summary>
[Flags]
enum Readings : byte
{
    /// <summary>An integer that float64 holds exactly.</summary>
    Integer = 1,

    /// <summary>An integer of any length. One that float64 cannot hold is a name, not an amount.</summary>
    LongInteger = 2,

    Number = 4,
    Boolean = 8,

    /// <summary>2026-11-23, 23 Nov 2026: no other order of day and month is possible.</summary>
    IsoDate = 16,

    /// <summary>11/23/2026.</summary>
    MonthFirst = 32,

    /// <summary>23/11/2026, 23.11.2026.</summary>
    DayFirst = 64,

    Words = 128,

    /// <summary>A missing cell can be anything.</summary>
    Any = 255,

    AnyDate = IsoDate | MonthFirst | DayFirst,
    AnyNumber = Integer | LongInteger | Number,
}

/// <summary>One cell's UTF-8 bytes as a number, a moment, or missing.</summary>
static class Cell
{
    const ulong Exact = 1UL << 53;

    static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(i => double.Parse($"1e{i}", CultureInfo.InvariantCulture))];

    static readonly string[] DatesInWords =
        ["d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "d MMMM yyyy", "MMM d, yyyy", "MMM d yyyy", "MMMM d, yyyy", "MMMM d yyyy"];

    public static Readings Of(ReadOnlySpan<byte> cell)
    {
        if (IsMissing(cell)) return Readings.Any;
        var numbers = NumberReadings(cell, out _);
        if (numbers != 0) return numbers | Readings.Words;
        if (TryBoolean(cell, out _)) return Readings.Boolean | Readings.Words;
        return DateReadings(cell) | Readings.Words;
    }

    /// <returns>Whether the cell, trimmed, is empty or one of the usual marks for missing.</returns>
    public static bool IsMissing(ReadOnlySpan<byte> cell) => cell.Length switch
    {
        0 => true,
        1 => cell[0] == '?',
        2 => cell.SequenceEqual("NA"u8),
        3 => cell[0] is (byte)'N' or (byte)'n' or (byte)'#'
            && (cell.SequenceEqual("N/A"u8) || cell.SequenceEqual("NaN"u8) || cell.SequenceEqual("nan"u8) || cell.SequenceEqual("n/a"u8) || cell.SequenceEqual("#NA"u8)),
        4 => cell[0] is (byte)'N' or (byte)'n' or (byte)'#' or (byte)'<'
            && (cell.SequenceEqual("null"u8) || cell.SequenceEqual("NULL"u8) || cell.SequenceEqual("#N/A"u8) || cell.SequenceEqual("<NA>"u8)),
        _ => false,
    };

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell) =>
        cell.Length > 0 && (cell[0] <= ' ' || cell[^1] <= ' ') ? cell.Trim(" \t\r\n"u8) : cell;

    /// <returns>The ways in which this is a number; 0 when it is none. Rounded exactly.</returns>
    public static Readings NumberReadings(ReadOnlySpan<byte> cell, out double number)
    {
        var digits = cell;
        var negative = cell.Length > 1 && cell[0] == '-';
        if (negative) digits = cell[1..];
        if (!Digits.TryRead(digits, out var mantissa, out var decimals)) return LongNumberReadings(cell, out number);
        // both exact in float64, so the quotient is rounded once (Clinger 1990)
        number = decimals > 0 ? mantissa / PowersOfTen[decimals] : mantissa;
        if (negative) number = -number;
        return decimals >= 0 ? Readings.Number : Readings.AnyNumber;
    }

    static Readings LongNumberReadings(ReadOnlySpan<byte> cell, out double number)
    {
        var (i, digits, mantissa) = (0, 0, 0UL);
        var negative = false;
        if (cell.Length > 0 && cell[0] is (byte)'-' or (byte)'+') negative = cell[i++] == '-';
        uint digit;
        for (; i < cell.Length && (digit = (uint)cell[i] - '0') <= 9; i++, digits++) mantissa = mantissa * 10 + digit;
        var decimals = 0;
        var isInteger = i == cell.Length;
        if (!isInteger && cell[i] == '.')
        {
            var point = i++;
            for (; i < cell.Length && (digit = (uint)cell[i] - '0') <= 9; i++, digits++) mantissa = mantissa * 10 + digit;
            decimals = i - point - 1;
        }
        if (digits == 0) return Infinity(cell, out number);
        if (i == cell.Length && digits <= 19 && mantissa <= Exact && decimals <= 22)
        {
            number = mantissa / PowersOfTen[decimals];
            if (negative) number = -number;
            return isInteger ? Readings.AnyNumber : Readings.Number;
        }
        if (!Utf8Parser.TryParse(cell, out number, out var used) || used != cell.Length)
        {
            number = double.NaN;
            return 0;
        }
        return isInteger ? Readings.LongInteger | Readings.Number : Readings.Number;
    }

    static Readings Infinity(ReadOnlySpan<byte> cell, out double number)
    {
        number = double.NaN;
        if (cell.Length is < 3 or > 9) return 0;
        var negative = cell[0] == '-';
        var word = negative || cell[0] == '+' ? cell[1..] : cell;
        if (!Ascii.EqualsIgnoreCase(word, "inf"u8) && !Ascii.EqualsIgnoreCase(word, "infinity"u8)) return 0;
        number = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Readings.Number;
    }

    public static bool TryBoolean(ReadOnlySpan<byte> cell, out bool value)
    {
        // | 32 makes letters small; no other byte becomes one of these
        value = cell.Length == 4 && (cell[0] | 32) == 't' && (cell[1] | 32) == 'r' && (cell[2] | 32) == 'u' && (cell[3] | 32) == 'e';
        return value || (cell.Length == 5 && (cell[0] | 32) == 'f' && Ascii.EqualsIgnoreCase(cell, "false"u8));
    }

    /// <returns>The orders of day and month in which this is a date; 0 when it is none.</returns>
    public static Readings DateReadings(ReadOnlySpan<byte> cell)
    {
        var readings = (Readings)0;
        foreach (var order in new[] { Readings.IsoDate, Readings.MonthFirst, Readings.DayFirst })
            if (TryDate(cell, order, out _)) readings |= order;
        return readings;
    }

    public static bool TryDate(ReadOnlySpan<byte> cell, Readings order, out long ticks)
    {
        ticks = DateColumn.Missing;
        if (cell.Length is < 6 or > 40) return false;
        int year, month, day, used;
        if (order == Readings.IsoDate)
        {
            if (cell[^1] is not (>= (byte)'0' and <= (byte)'9' or (byte)'Z') || !TryIso(cell, out year, out month, out day))
                return TryDateInWords(cell, out ticks) || (TryIso(cell, out year, out month, out day) && Finish(cell[10..], year, month, day, out ticks));
            used = 10;
        }
        else if (!TrySlashes(cell, order == Readings.DayFirst, out year, out month, out day, out used)) return false;
        return Finish(cell[used..], year, month, day, out ticks);
    }

    static bool TryIso(ReadOnlySpan<byte> cell, out int year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 0);
        return cell.Length >= 10 && cell[4] is (byte)'-' or (byte)'/' && cell[7] == cell[4]
            && TryDigits(cell[..4], out year) && TryDigits(cell[5..7], out month) && TryDigits(cell[8..10], out day);
    }

    static bool TrySlashes(ReadOnlySpan<byte> cell, bool dayFirst, out int year, out int month, out int day, out int used)
    {
        (year, month, day, used) = (0, 0, 0, 0);
        var first = cell[..Math.Min(3, cell.Length)].IndexOfAny("/-."u8);
        if (first < 1) return false;
        var mark = cell[first];
        if (mark == '.' && !dayFirst) return false;
        var rest = cell[(first + 1)..];
        var second = rest[..Math.Min(3, rest.Length)].IndexOf(mark);
        if (second < 1 || !TryDigits(cell[..first], out month) || !TryDigits(rest[..second], out day)) return false;
        if (dayFirst) (month, day) = (day, month);
        rest = rest[(second + 1)..];
        var length = 0;
        while (length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9') length++;
        if (length != 4 && !(length == 2 && mark == '/')) return false;     // 1-2-12 is more often a score or a code
        used = cell.Length - rest.Length + length;
        if (!TryDigits(rest[..length], out year)) return false;
        if (length == 2) year += year < 70 ? 2000 : 1900;
        return true;
    }

    /// <summary>The time of day, if any, and the check of the calendar; an offset is dropped: the wall clock is what a feature needs.</summary>
    static bool Finish(ReadOnlySpan<byte> rest, int year, int month, int day, out long ticks)
    {
        ticks = DateColumn.Missing;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth(year, month))) return false;
        var time = 0L;
        if (rest.Length > 0 && (rest[0] is not ((byte)' ' or (byte)'T') || !TryTime(rest[1..], out time))) return false;
        ticks = new DateTime(year, month, day).Ticks + time;
        return true;
    }

    static bool TryTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        text = Trim(text);
        var half = text.Length > 2 && (text[^1] | 32) == 'm' ? text[^2] | 32 : 0;      // AM, PM
        if (half != 0) text = Trim(text[..^2]);
        var colon = text.IndexOf((byte)':');
        if (colon is < 1 or > 2 || text.Length < colon + 3) return false;
        if (!TryDigits(text[..colon], out var hour) || !TryDigits(text.Slice(colon + 1, 2), out var minute)) return false;
        text = text[(colon + 3)..];
        var (second, fraction) = (0, 0L);
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!TryDigits(text.Slice(1, 2), out second)) return false;
            text = text[3..];
            if (text.Length > 1 && text[0] is (byte)'.' or (byte)',')
            {
                var (i, scale) = (1, TimeSpan.TicksPerSecond / 10);
                for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++, scale /= 10) fraction += (text[i] - '0') * scale;
                text = text[i..];
            }
        }
        if (half != 0) hour = hour is < 1 or > 12 ? 99 : hour % 12 + (half == 'p' ? 12 : 0);
        if (hour > 23 || minute > 59 || second > 60 || !IsOffset(text)) return false;
        ticks = ((hour * 60L + minute) * 60 + Math.Min(second, 59)) * TimeSpan.TicksPerSecond + fraction;
        return true;
    }

    static bool IsOffset(ReadOnlySpan<byte> text)
    {
        text = Trim(text);
        if (text.Length == 0 || text.SequenceEqual("Z"u8) || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8)) return true;
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        text = text[1..];
        return text.Length switch
        {
            2 or 4 => TryDigits(text, out _),
            5 => text[2] == ':' && TryDigits(text[..2], out _) && TryDigits(text[3..], out _),
            _ => false,
        };
    }

    static bool TryDateInWords(ReadOnlySpan<byte> cell, out long ticks)
    {
        ticks = DateColumn.Missing;
        if (cell.IndexOfAnyInRange((byte)'0', (byte)'9') < 0 || cell.IndexOfAnyInRange((byte)'a', (byte)'z') < 0 && cell.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0) return false;
        if (!DateTime.TryParseExact(System.Text.Encoding.UTF8.GetString(cell), DatesInWords, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        ticks = date.Ticks;
        return true;
    }

    static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var letter in text)
        {
            var digit = (uint)letter - '0';
            if (digit > 9) return false;
            value = value * 10 + (int)digit;
        }
        return text.Length > 0;
    }
}
