using System.Globalization;

namespace Kaggle.Core.Data;

/// <summary>One cell's UTF-8 bytes as a moment.</summary>
static class DateCell
{
    static readonly string[] Wordings =
        ["d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "d MMMM yyyy", "MMM d, yyyy", "MMM d yyyy", "MMMM d, yyyy", "MMMM d yyyy"];

    /// <returns>The orders of day and month in which this is a date; 0 when it is none.</returns>
    public static Readings ReadingsOf(ReadOnlySpan<byte> cell)
    {
        var readings = (Readings)0;
        foreach (var order in new[] { Readings.IsoDate, Readings.MonthFirst, Readings.DayFirst })
            if (TryRead(cell, order, out _)) readings |= order;
        return readings;
    }

    public static bool TryRead(ReadOnlySpan<byte> cell, Readings order, out long ticks)
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
        text = Cell.Trim(text);
        var half = text.Length > 2 && (text[^1] | 32) == 'm' ? text[^2] | 32 : 0;      // AM, PM
        if (half != 0) text = Cell.Trim(text[..^2]);
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
        text = Cell.Trim(text);
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
        if (!DateTime.TryParseExact(System.Text.Encoding.UTF8.GetString(cell), Wordings, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
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
