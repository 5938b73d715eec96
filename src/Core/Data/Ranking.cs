namespace Kaggle.Core.Data;

/// <summary>Order and ranks of float32 values, by radix sort: linear in the rows.</summary>
public static class Ranking
{
    const int Bits = 11, Buckets = 1 << Bits, Passes = 3;

    /// <returns>(values) the positions of the values from least to greatest; equal values keep their order, NaN comes last, −0 equals 0.</returns>
    public static int[] Order(ReadOnlySpan<float> values)
    {
        var keyed = SortedKeys(values);
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = (int)(uint)keyed[i];
        return order;
    }

    /// <returns>(values) ranks from 1; equal values share the mean of their ranks.</returns>
    public static double[] Mean(ReadOnlySpan<float> values)
    {
        var keyed = SortedKeys(values);
        var ranks = new double[values.Length];
        for (int start = 0, end; start < keyed.Length; start = end)
        {
            for (end = start + 1; end < keyed.Length && keyed[end] >> 32 == keyed[start] >> 32; end++) { }
            var rank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++) ranks[(uint)keyed[i]] = rank;
        }
        return ranks;
    }

    /// <returns>The values as keys that sort as unsigned numbers, in the upper half; their positions in the lower.</returns>
    static ulong[] SortedKeys(ReadOnlySpan<float> values)
    {
        var from = GC.AllocateUninitializedArray<ulong>(values.Length);
        var counts = new int[Passes][];
        for (var pass = 0; pass < Passes; pass++) counts[pass] = new int[Buckets];
        for (var i = 0; i < from.Length; i++)
        {
            var key = Key(values[i]);
            from[i] = (ulong)key << 32 | (uint)i;
            counts[0][key & Buckets - 1]++;
            counts[1][key >> Bits & Buckets - 1]++;
            counts[2][key >> 2 * Bits]++;
        }
        var to = GC.AllocateUninitializedArray<ulong>(values.Length);
        for (var pass = 0; pass < Passes; pass++)
        {
            var next = counts[pass];
            if (next.AsSpan().IndexOf(values.Length) >= 0) continue;        // all keys share this digit
            for (int b = 0, sum = 0; b < Buckets; b++) (next[b], sum) = (sum, sum + next[b]);
            var shift = 32 + pass * Bits;
            foreach (var keyed in from) to[next[keyed >> shift & Buckets - 1]++] = keyed;
            (from, to) = (to, from);
        }
        return from;
    }

    static uint Key(float value)
    {
        if (float.IsNaN(value)) return uint.MaxValue;
        var bits = BitConverter.SingleToUInt32Bits(value + 0f);             // −0 + 0 is 0
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }
}
