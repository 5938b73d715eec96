namespace Kaggle.Core.Learning.Explaining;

static class Sampling
{
    /// <returns>At most <paramref name="most"/> of the numbers 0 … rows − 1, ascending; the same for the same seed.</returns>
    public static int[] Of(int rows, int most, int seed)
    {
        int[] all = [.. Enumerable.Range(0, rows)];
        if (rows <= most) return all;
        new Random(seed).Shuffle(all);
        Array.Sort(all, 0, most);
        return all[..most];
    }

    /// <returns>The value that a share of the values lies below, between neighbours by the straight line; as numpy's percentile.</returns>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }

    /// <returns>Pearson's correlation; NaN when either never changes.</returns>
    public static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double meanA = 0, meanB = 0;
        for (var i = 0; i < a.Length; i++) (meanA, meanB) = (meanA + a[i] / a.Length, meanB + b[i] / b.Length);
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (ab, aa, bb) = (ab + x * y, aa + x * x, bb + y * y);
        }
        return aa == 0 || bb == 0 ? double.NaN : ab / Math.Sqrt(aa * bb);
    }
}
