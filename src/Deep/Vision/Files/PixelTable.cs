using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>A CSV with a picture a row: columns pixel0, pixel1, … of 0 to 255, square and grey; perhaps a label.</summary>
/// <param name="Side">Height and width.</param>
/// <param name="Pixels">(rows, side × side), row by row.</param>
/// <param name="Labels">(rows) null when there is no other column than pixels.</param>
public sealed record PixelTable(int Side, byte[] Pixels, string[]? Labels)
{
    public int Rows => Pixels.Length / (Side * Side);

    /// <returns>Whether a header is that of a table of pixels.</returns>
    public static bool Fits(string header) => header.Contains("pixel0", StringComparison.Ordinal) && header.Contains("pixel1", StringComparison.Ordinal);

    /// <exception cref="InputException">A cell is no whole number of 0 to 255, a row has too few of them, or the pictures are not square.</exception>
    public static PixelTable Parse(byte[] csv, string name)
    {
        var reader = new PixelCells(csv, name);
        var header = reader.Line().Split(',').Select(h => h.Trim('"', ' ')).ToArray();
        var other = Array.FindIndex(header, h => !h.StartsWith("pixel", StringComparison.Ordinal));
        var side = (int)Math.Round(Math.Sqrt(header.Length - (other < 0 ? 0 : 1)));
        if (side * side != header.Length - (other < 0 ? 0 : 1) || header.Count(h => !h.StartsWith("pixel", StringComparison.Ordinal)) > 1)
            throw new InputException($"{name} has {header.Length} columns; pictures need a square number of pixel columns (784 = 28 × 28) and at most a label beside them.");
        var (pixels, labels) = (new MemoryStream(csv.Length / 3), other < 0 ? null : new List<string>());
        while (!reader.AtEnd)
            for (var column = 0; column < header.Length; column++)
            {
                var value = reader.Next(header[column], last: column == header.Length - 1);
                if (column == other) labels!.Add(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
                else pixels.WriteByte(value);
            }
        return new(side, pixels.ToArray(), labels?.ToArray());
    }

    /// <summary>Whole numbers between commas: 33 million of them in Kaggle's digits, so no cell becomes a string.</summary>
    ref struct PixelCells(byte[] csv, string name)
    {
        int at = csv.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        int line = 1;

        public readonly bool AtEnd => csv.AsSpan(at).IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0;

        public string Line()
        {
            var end = csv.AsSpan(at).IndexOf((byte)'\n') is var i and >= 0 ? at + i : csv.Length;
            var text = Encoding.UTF8.GetString(csv.AsSpan(at, end - at)).TrimEnd('\r');
            (at, line) = (Math.Min(end + 1, csv.Length), line + 1);
            return text;
        }

        public byte Next(string column, bool last)
        {
            var (start, value) = (at, 0);
            while (at < csv.Length && csv[at] is >= (byte)'0' and <= (byte)'9' && value < 256) value = value * 10 + csv[at++] - '0';
            var ended = last ? at == csv.Length || csv[at] is (byte)'\n' or (byte)'\r' : at < csv.Length && csv[at] == ',';
            if (at == start || value > 255 || !ended)
                throw new InputException($"{name}, line {line}, column '{column}': not a whole number of 0 to 255 followed by {(last ? "the line's end" : "a comma")}.");
            if (last) line++;
            if (at < csv.Length && csv[at] == '\r') at++;
            if (at < csv.Length) at++;
            return (byte)value;
        }
    }
}
