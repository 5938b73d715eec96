using System.Collections.Immutable;
using System.Globalization;

namespace Kaggle.Core.Data;

/// <summary>The different texts of a column, over all files.</summary>
static class Levels
{
    /// <summary>Below this many different words a column is a category however few its rows are.</summary>
    const int Few = 10;

    /// <summary>Words that differ in more than half of the rows, or long ones that repeat little, are no category to learn from.</summary>
    public static bool AreText(long present, long distinct, double meanLength) =>
        (distinct > present / 2.0 && (distinct > Few || (meanLength >= 30 && distinct > 2))) || (meanLength >= 50 && distinct > 100 && distinct > present / 20.0);

    public static bool AreText(IReadOnlyList<ScannedColumn> columns)
    {
        var all = new LevelTable();
        var present = 0L;
        foreach (var part in columns.SelectMany(c => c.Parts))
            foreach (var code in part.Codes)
                if (code >= 0) present++;
        foreach (var part in columns.SelectMany(c => c.Parts))
        {
            for (var level = 0; level < part.Levels.Count; level++) all.Code(part.Levels[level], part.Levels.HashOf(level));
            if (all.Count > present / 2.0 && all.Count > Few) return true;
        }
        return AreText(present, all.Count, all.Count == 0 ? 0 : all.Bytes / (double)all.Count);
    }

    /// <returns>A category, or text where too many differ.</returns>
    public static TableColumn Words(string name, string?[] texts)
    {
        var distinct = texts.Where(t => t is not null).ToHashSet();
        var text = AreText(texts.LongCount(t => t is not null), distinct.Count, distinct.Count == 0 ? 0 : distinct.Average(t => t!.Length));
        return text ? new TextValues(name, texts) : Category(name, texts);
    }

    public static CategoryValues Category(string name, string?[] texts)
    {
        var numbers = new Dictionary<string, int>();
        var codes = Array.ConvertAll(texts, t => t is null ? -1 : numbers.TryGetValue(t, out var code) ? code : numbers[t] = numbers.Count);
        var (levels, places) = Ordered([.. numbers.OrderBy(n => n.Value).Select(n => n.Key)]);
        return new(name, Array.ConvertAll(codes, c => c < 0 ? -1 : places[c]), levels);
    }

    /// <returns>The levels in order, and for each file the codes of its rows; a lone ? is missing.</returns>
    public static (ImmutableArray<string> Levels, int[][] Codes) Shared(IReadOnlyList<ScannedColumn> columns)
    {
        var all = new LevelTable();
        var maps = columns.SelectMany(c => c.Parts).ToDictionary(part => part, part =>
        {
            var map = new int[part.Levels.Count];
            for (var level = 0; level < map.Length; level++)
                map[level] = part.Levels[level].SequenceEqual("?"u8) ? -1 : all.Code(part.Levels[level], part.Levels.HashOf(level));
            return map;
        });
        var texts = Enumerable.Range(0, all.Count).Select(all.Text).ToArray();
        var (levels, places) = Ordered(texts);
        var codes = columns.Select(column =>
        {
            var joined = GC.AllocateUninitializedArray<int>(column.Rows);
            var row = 0;
            foreach (var part in column.Parts)
            {
                var map = maps[part];
                for (var level = 0; level < map.Length; level++)
                    if (map[level] >= 0) map[level] = places[map[level]];
                foreach (var code in part.Codes) joined[row++] = code < 0 ? -1 : map[code];
            }
            return joined;
        }).ToArray();
        return (levels, codes);
    }

    /// <returns>The texts in numeric order where all are numbers, else ordinal, and each text's place there.</returns>
    public static (ImmutableArray<string> Levels, int[] Places) Ordered(IReadOnlyList<string> texts)
    {
        var numeric = TryNumbers(texts, out var numbers);
        var order = Enumerable.Range(0, texts.Count).ToArray();
        Array.Sort(order, (a, b) => numeric && numbers[a] != numbers[b] ? numbers[a].CompareTo(numbers[b]) : string.CompareOrdinal(texts[a], texts[b]));
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++) places[order[place]] = place;
        return ([.. order.Select(i => texts[i])], places);
    }

    public static bool AreNumbers(IReadOnlyList<string> texts) => TryNumbers(texts, out _);

    static bool TryNumbers(IReadOnlyList<string> texts, out double[] numbers)
    {
        numbers = new double[texts.Count];
        for (var i = 0; i < numbers.Length; i++)
            if (!double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i])) return false;
        return true;
    }
}
