using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Kaggle.Core.Data;

/// <summary>One cell's UTF-8 bytes as a number.</summary>
static class NumberCell
{
    const ulong Exact = 1UL << 53;

    static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(i => double.Parse($"1e{i}", CultureInfo.InvariantCulture))];

    /// <returns>The ways in which this is a number; 0 when it is none. Rounded exactly.</returns>
    public static Readings ReadingsOf(ReadOnlySpan<byte> cell, out double number)
    {
        var digits = cell;
        var negative = cell.Length > 1 && cell[0] == '-';
        if (negative) digits = cell[1..];
        if (!Digits.TryRead(digits, out var mantissa, out var decimals)) return LongReadingsOf(cell, out number);
        // both exact in float64, so the quotient is rounded once (Clinger 1990)
        number = decimals > 0 ? mantissa / PowersOfTen[decimals] : mantissa;
        if (negative) number = -number;
        return decimals >= 0 ? Readings.Number : Readings.AnyNumber;
    }

    static Readings LongReadingsOf(ReadOnlySpan<byte> cell, out double number)
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
}
