using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>The levels an encoder met in training. Kept by name: another table may give the same names other codes.</summary>
static class Levels
{
    /// <summary>Neither a level met in training nor missing.</summary>
    public const int Unseen = -2;

    public const int Missing = -1;

    /// <returns>(rows) for each row the number of its level among those known, or <see cref="Missing"/> or <see cref="Unseen"/>.</returns>
    public static int[] Find(CategoryColumn column, IReadOnlyList<string> known)
    {
        var byName = new Dictionary<string, int>(known.Count);
        for (var i = 0; i < known.Count; i++) byName[known[i]] = i;
        var byCode = column.Levels.Select(level => byName.GetValueOrDefault(level, Unseen)).ToArray();
        var codes = column.Codes.Span;
        var found = new int[codes.Length];
        for (var i = 0; i < found.Length; i++) found[i] = codes[i] < 0 ? Missing : byCode[codes[i]];
        return found;
    }

    /// <returns>How often each level of the column occurs, by code; and how many rows are missing.</returns>
    public static (int[] Levels, int Missing) Count(CategoryColumn column)
    {
        var counts = new int[column.Levels.Length];
        var missing = 0;
        foreach (var code in column.Codes.Span)
            if (code < 0) missing++;
            else counts[code]++;
        return (counts, missing);
    }

    /// <summary>As numbers when all are numbers, else by their characters: the same order on every machine.</summary>
    public static IEnumerable<string> InOrder(IEnumerable<string> levels)
    {
        var all = levels.ToArray();
        var numbers = new double[all.Length];
        for (var i = 0; i < all.Length; i++)
            if (!double.TryParse(all[i], System.Globalization.CultureInfo.InvariantCulture, out numbers[i]))
                return all.Order(StringComparer.Ordinal);
        Array.Sort(numbers, all);
        return all;
    }
}
