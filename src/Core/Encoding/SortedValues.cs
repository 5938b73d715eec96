namespace Kaggle.Core.Encoding;

/// <summary>Order statistics of a column's finite values.</summary>
static class SortedValues
{
    public static float[] Sorted(ReadOnlySpan<float> values)
    {
        var finite = new float[values.Length];
        var count = 0;
        foreach (var value in values)
            if (float.IsFinite(value)) finite[count++] = value;
        Array.Resize(ref finite, count);
        Array.Sort(finite);
        return finite;
    }

    /// <returns>The quantile between neighbouring values, linearly, as numpy's default; NaN of no values.</returns>
    public static double Quantile(ReadOnlySpan<float> sorted, double quantile)
    {
        if (sorted.Length == 0) return double.NaN;
        var at = quantile * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * ((double)sorted[above] - sorted[below]);
    }

    /// <returns>Mean and population variance, in double; 0 and 0 of no values.</returns>
    public static (double Mean, double Variance) Moments(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        var count = 0;
        foreach (var value in values)
            if (float.IsFinite(value))
            {
                sum += value;
                count++;
            }
        if (count == 0) return (0, 0);
        var mean = sum / count;
        foreach (var value in values)
            if (float.IsFinite(value)) squares += (value - mean) * (value - mean);
        return (mean, squares / count);
    }
}
