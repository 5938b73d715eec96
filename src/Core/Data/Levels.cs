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

    /// <summary>Of many different words only each sixteenth, by its hash, is counted: the same ones in every run and order of chunks.</summary>
    public static bool AreText(IReadOnlyList<ScannedColumn> columns)
    {
        var parts = columns.SelectMany(c => c.Parts).ToArray();
        var present = 0L;
        foreach (var part in parts)
            foreach (var code in part.Codes.Span)
                if (code >= 0) present++;
        var (most, bytes) = (parts.Sum(p => (long)p.Levels.Count), parts.Sum(p => (long)p.Levels.Bytes));
        var meanLength = most == 0 ? 0 : (double)bytes / most;
        if (!AreText(present, most, meanLength)) return false;      // even if no word stood in two parts
        var sampled = most > 1 << 16;
        var all = new LevelTable();
        foreach (var part in parts)
            for (var level = 0; level < part.Levels.Count; level++)
                if (!sampled || part.Levels.IsSampled(level)) all.Code(part.Levels[level], part.Levels.Key(level));
        return AreText(present, (sampled ? 16L : 1) * all.Count, meanLength);
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

    /// <returns>The levels in order, and for each file the codes of its rows; a lone ? is missing. The parts' own codes are overwritten.</returns>
    public static (ImmutableArray<string> Levels, Memory<int>[] Codes) Shared(IReadOnlyList<ScannedColumn> columns)
    {
        var all = new LevelTable();
        var maps = columns.SelectMany(c => c.Parts).Select(part => (Part: part, Map: Map(part.Levels, all))).ToArray();
        var (levels, places) = Ordered([.. Enumerable.Range(0, all.Count).Select(all.Text)]);
        foreach (var (part, map) in maps)
        {
            for (var level = 0; level < map.Length; level++)
                if (map[level] >= 0) map[level] = places[map[level]];
            foreach (ref var code in part.Codes.Span)
                if (code >= 0) code = map[code];
        }
        return (levels, [.. columns.Select(c => TableReader.Joined(c, p => p.Codes))]);
    }

    static int[] Map(LevelTable part, LevelTable all)
    {
        var map = new int[part.Count];
        for (var level = 0; level < map.Length; level++)
            map[level] = part[level].SequenceEqual("?"u8) ? -1 : all.Code(part[level], part.Key(level));
        return map;
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
