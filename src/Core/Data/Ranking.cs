namespace Kaggle.Core.Data;

/// <summary>Order and ranks of float32 values, by radix sort: linear in the rows.</summary>
public static class Ranking
{
    /// <returns>(values) the positions of the values from least to greatest; equal values keep their order, NaN comes last, −0 equals 0.</returns>
    public static int[] Order(ReadOnlySpan<float> values)
    {
        using var sorted = new SortedFloats(values);
        var keyed = sorted.Keyed;
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = (int)(uint)keyed[i];
        return order;
    }

    /// <returns>(values) ranks from 1; equal values share the mean of their ranks.</returns>
    public static double[] Mean(ReadOnlySpan<float> values)
    {
        using var sorted = new SortedFloats(values);
        var keyed = sorted.Keyed;
        var ranks = new double[values.Length];
        for (int start = 0, end; start < keyed.Length; start = end)
        {
            for (end = start + 1; end < keyed.Length && keyed[end] >> 32 == keyed[start] >> 32; end++) { }
            var rank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++) ranks[(uint)keyed[i]] = rank;
        }
        return ranks;
    }
}
