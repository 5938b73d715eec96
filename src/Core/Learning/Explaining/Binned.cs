using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

static class Binned
{
    /// <summary>Shares in equally wide bins from the 0.2th to the 99.8th percentile; what lies beyond counts in the end bins.</summary>
    /// <returns>Null without a value.</returns>
    public static Histogram? Of(IEnumerable<double> values, int bins)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        if (sorted.Length == 0) return null;
        var (from, to) = (Sampling.Quantile(sorted, 0.002), Sampling.Quantile(sorted, 0.998));
        if (from == to) (from, to) = (from - 0.5, to + 0.5);
        var shares = new double[bins];
        foreach (var value in sorted) shares[Math.Clamp((int)((value - from) / (to - from) * bins), 0, bins - 1)] += 1.0 / sorted.Length;
        return new([.. Enumerable.Range(0, bins + 1).Select(i => from + (to - from) * i / bins)], shares);
    }
}
