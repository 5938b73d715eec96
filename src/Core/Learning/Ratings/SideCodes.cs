using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>Columns beside user and item that describe one of them: they are the same in all its rows.</summary>
public static class SideCodes
{
    /// <summary>A number column of more different values is cut at its quantiles.</summary>
    const int Few = 24, Parts = 10;

    /// <param name="column">Numbers or categories.</param>
    /// <param name="place">(rows) the user, or the item, of each row, by place; below 0: none.</param>
    /// <param name="ones">How many of them there are.</param>
    /// <returns>(ones) the code that all rows of each one have, −1 where it is missing; null where rows of one differ, or nothing is known.</returns>
    public static int[]? Of(Column column, ReadOnlySpan<int> place, int ones)
    {
        var codes = Codes(column);
        var met = new int[ones];
        Array.Fill(met, -1);
        for (var row = 0; row < codes.Length; row++)
        {
            if (place[row] < 0 || codes[row] < 0) continue;
            ref var code = ref met[place[row]];
            if (code >= 0 && code != codes[row]) return null;
            code = codes[row];
        }
        return met.Any(code => code >= 0) ? met : null;
    }

    static int[] Codes(Column column)
    {
        if (column is CategoryColumn category) return category.Codes.ToArray();
        var values = ((NumberColumn)column).Values.ToArray();
        float[] different = [.. values.Where(v => !float.IsNaN(v)).Distinct().Order()];
        if (different.Length > Few) different = [.. Enumerable.Range(0, Parts).Select(part => different[part * different.Length / Parts])];
        return Array.ConvertAll(values, v => float.IsNaN(v) ? -1 : Array.BinarySearch(different, v) is var at && at >= 0 ? at : Math.Max(0, ~at - 1));
    }
}
