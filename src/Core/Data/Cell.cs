using System.Text;

namespace Kaggle.Core.Data;

/// <summary>One cell's UTF-8 bytes: missing, yes or no, or what <see cref="NumberCell"/> and <see cref="DateCell"/> make of them.</summary>
static class Cell
{
    public static Readings Of(ReadOnlySpan<byte> cell)
    {
        if (IsMissing(cell)) return Readings.Any;
        var numbers = NumberCell.ReadingsOf(cell, out _);
        if (numbers != 0) return numbers | Readings.Words;
        if (TryBoolean(cell, out _)) return Readings.Boolean | Readings.Words;
        return DateCell.ReadingsOf(cell) | Readings.Words;
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

    public static bool TryBoolean(ReadOnlySpan<byte> cell, out bool value)
    {
        // | 32 makes letters small; no other byte becomes one of these
        value = cell.Length == 4 && (cell[0] | 32) == 't' && (cell[1] | 32) == 'r' && (cell[2] | 32) == 'u' && (cell[3] | 32) == 'e';
        return value || (cell.Length == 5 && (cell[0] | 32) == 'f' && Ascii.EqualsIgnoreCase(cell, "false"u8));
    }
}
