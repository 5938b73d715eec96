using System.Collections.Frozen;
using System.Globalization;

namespace Kaggle.Core.Data.Texts;

/// <summary>What decompositions.tsv says of code points.</summary>
sealed class UnicodeTable
{
    readonly FrozenDictionary<int, int[]> parts;
    readonly FrozenDictionary<(int, int), int> joined;
    readonly FrozenDictionary<int, byte> classes;

    UnicodeTable(Dictionary<int, int[]> parts, Dictionary<(int, int), int> joined, Dictionary<int, byte> classes) =>
        (this.parts, this.joined, this.classes) = (parts.ToFrozenDictionary(), joined.ToFrozenDictionary(), classes.ToFrozenDictionary());

    public static UnicodeTable Load()
    {
        using var stream = typeof(UnicodeTable).Assembly.GetManifestResourceStream("Texts/decompositions.tsv")!;
        using var lines = new StreamReader(stream);
        var (parts, joined, classes) = (new Dictionary<int, int[]>(), new Dictionary<(int, int), int>(), new Dictionary<int, byte>());
        lines.ReadLine();                                       // which version of Unicode
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (cells[0].StartsWith("class ", StringComparison.Ordinal))
            {
                var own = byte.Parse(cells[0].AsSpan(6), CultureInfo.InvariantCulture);
                foreach (var range in cells[1].Split(' '))
                    for (var point = Point(range.Split('-')[0]); point <= Point(range.Split('-')[1]); point++) classes[point] = own;
                continue;
            }
            int[] made = [.. cells[1].Split(' ').Select(Point)];
            parts[Point(cells[0])] = made;
            if (cells[2] == "+") joined[(made[0], made[1])] = Point(cells[0]);
        }
        return new(parts, joined, classes);
    }

    /// <returns>What the code point is made of, one step down; null: of itself.</returns>
    public int[]? PartsOf(int point) => parts.GetValueOrDefault(point);

    /// <returns>The one code point that means these two; null: there is none.</returns>
    public int? Joined(int first, int second) => joined.TryGetValue((first, second), out var point) ? point : null;

    /// <returns>The canonical combining class; 0 for what marks stand on.</returns>
    public int ClassOf(int point) => point < 0x300 ? 0 : classes.GetValueOrDefault(point);

    static int Point(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
