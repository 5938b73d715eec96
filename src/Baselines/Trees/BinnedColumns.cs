using Kaggle.Core.Data;

namespace Kaggle.Baselines.Trees;

/// <summary>Columns as small codes: 0 is missing, numbers fall into at most 255 quantile bins, each level of a category has its own.</summary>
sealed class BinnedColumns
{
    const int MaxBins = 255;

    readonly float[]?[] lows, highs;                           // (bins + 1) the least and greatest value in each bin of a number; null: a category

    BinnedColumns(int count) => (Codes, Bins, lows, highs) = (new ushort[count][], new int[count], new float[count][], new float[count][]);

    /// <summary>(columns)(rows)</summary>
    public ushort[][] Codes { get; }

    /// <summary>(columns) how many codes there are, missing included.</summary>
    public int[] Bins { get; }

    public int Count => Codes.Length;

    public bool IsCategory(int column) => lows[column] is null;

    /// <returns>The number halfway between two bins of a number column.</returns>
    public float Between(int column, int left, int right)
    {
        float below = highs[column]![left], above = lows[column]![right];
        var middle = (float)(((double)below + above) / 2);
        return middle < above ? middle : below;                // neighbouring floats have nothing between them
    }

    /// <returns>The least and greatest value of the bins from one to another.</returns>
    public (float Low, float High) Range(int column, int first, int last) => (lows[column]![first], highs[column]![last]);

    public static BinnedColumns Of(TreeColumns columns, Dataset rows, int threads)
    {
        var binned = new BinnedColumns(columns.Count);
        Parallel.For(0, columns.Count, new() { MaxDegreeOfParallelism = Math.Max(1, threads) }, c => binned.Bin(c, columns.Columns[c], columns.Column(rows, c)));
        return binned;
    }

    void Bin(int column, TreeColumn kind, float[] values)
    {
        var codes = Codes[column] = new ushort[values.Length];
        if (kind.Kind == ColumnKind.Category && kind.Levels.Length < ushort.MaxValue)
        {
            Bins[column] = kind.Levels.Length + 1;
            for (var i = 0; i < codes.Length; i++) codes[i] = float.IsNaN(values[i]) ? (ushort)0 : (ushort)(values[i] + 1);
            return;
        }
        float[] sorted = [.. values.Where(v => !float.IsNaN(v))];
        Array.Sort(sorted);
        List<float> low = [float.NaN], high = [float.NaN];
        var each = AtMostDistinct(MaxBins, sorted);
        var start = 0;
        while (start < sorted.Length)
        {
            // What is left is shared by the bins that are left; equal values stay together.
            var wanted = Math.Max(1, (sorted.Length - start) / Math.Max(1, MaxBins + 1 - low.Count));
            var end = each ? start + 1 : Math.Min(sorted.Length, start + wanted);
            while (end < sorted.Length && sorted[end] == sorted[end - 1]) end++;
            low.Add(sorted[start]);
            high.Add(sorted[end - 1]);
            start = end;
        }
        (lows[column], highs[column], Bins[column]) = ([.. low], [.. high], low.Count);
        var bounds = high.ToArray().AsSpan(1);
        for (var i = 0; i < codes.Length; i++)
        {
            if (float.IsNaN(values[i])) continue;
            var found = bounds.BinarySearch(values[i]);
            codes[i] = (ushort)(1 + (found < 0 ? ~found : found));
        }
    }

    static bool AtMostDistinct(int most, float[] sorted)
    {
        var distinct = 0;
        for (var i = 0; i < sorted.Length && distinct <= most; i++)
            if (i == 0 || sorted[i] != sorted[i - 1]) distinct++;
        return distinct <= most;
    }
}
