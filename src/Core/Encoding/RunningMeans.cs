namespace Kaggle.Core.Encoding;

/// <summary>The values of one series, and their sums from the beginning: the mean of any window at once.</summary>
sealed class RunningMeans
{
    readonly float[] values;
    readonly double[] sums;                                   // (length + 1) of all before a step
    readonly int[] counts, last;                              // (length + 1) how many are known before a step, and the latest

    public RunningMeans(ReadOnlySpan<float> series)
    {
        values = series.ToArray();
        (sums, counts, last) = (new double[values.Length + 1], new int[values.Length + 1], new int[values.Length + 1]);
        last[0] = -1;
        for (var step = 0; step < values.Length; step++)
        {
            var known = !float.IsNaN(values[step]);
            sums[step + 1] = sums[step] + (known ? values[step] : 0);
            counts[step + 1] = counts[step] + (known ? 1 : 0);
            last[step + 1] = known ? step : last[step];
        }
    }

    /// <returns>The value of a step; NaN after the origin, before the beginning, or in a gap.</returns>
    public float At(int step, int origin) => step < 0 || step > origin || step >= values.Length ? float.NaN : values[step];

    /// <returns>The mean of what is known of the steps up to the origin; NaN where nothing is.</returns>
    public float Mean(int origin, int window)
    {
        var (from, to) = (Math.Clamp(origin - window + 1, 0, values.Length), Math.Clamp(origin + 1, 0, values.Length));
        return to <= from || counts[to] == counts[from] ? float.NaN : (float)((sums[to] - sums[from]) / (counts[to] - counts[from]));
    }

    /// <returns>The latest known value up to the origin and its step, −1 where there is none.</returns>
    public (float Value, int Step) Last(int origin)
    {
        var step = last[Math.Clamp(origin + 1, 0, values.Length)];
        return (step < 0 ? float.NaN : values[step], step);
    }
}
