namespace Kaggle.Baselines.Dummies;

/// <summary>What can be said of answers without looking at any column.</summary>
static class AnswerStatistics
{
    public static double Mean(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        double sum = 0, all = 0;
        for (var i = 0; i < values.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            sum += weight * values[i];
            all += weight;
        }
        return sum / all;
    }

    /// <returns>The quantile between neighbouring values, linearly.</returns>
    public static double Quantile(ReadOnlySpan<float> values, double quantile)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var at = quantile * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * ((double)sorted[above] - sorted[below]);
    }
}
