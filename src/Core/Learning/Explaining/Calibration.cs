namespace Kaggle.Core.Learning.Explaining;

/// <summary>Whether of the rows given a chance of 0.7 seven in ten are so.</summary>
/// <param name="Bins">About equally many rows each, by the chance given.</param>
/// <param name="Error">Expected calibration error: the bins' mean distance, weighted by rows.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double Error)
{
    const int Most = 10;

    /// <param name="chances">(rows) 0 to 1, at least one.</param>
    /// <param name="truth">(rows) whether it was so.</param>
    /// <remarks>The bins of scikit-learn's calibration_curve with strategy "quantile".</remarks>
    public static Calibration Of(double[] chances, bool[] truth)
    {
        var sorted = chances.Order().ToArray();
        var edges = Enumerable.Range(1, Most - 1).Select(i => Sampling.Quantile(sorted, (double)i / Most)).ToArray();
        var (rows, given, found) = (new int[Most], new double[Most], new int[Most]);
        for (var i = 0; i < chances.Length; i++)
        {
            var bin = edges.Count(e => e < chances[i]);
            rows[bin]++;
            given[bin] += chances[i];
            if (truth[i]) found[bin]++;
        }
        var bins = (from b in Enumerable.Range(0, Most)
                    where rows[b] > 0
                    select new CalibrationBin(given[b] / rows[b], (double)found[b] / rows[b], rows[b])).ToArray();
        return new(bins, bins.Sum(b => b.Rows * Math.Abs(b.Found - b.Predicted)) / chances.Length);
    }
}

/// <param name="Predicted">The mean chance in the bin.</param>
/// <param name="Found">The share that was so.</param>
/// <param name="Rows">Rows in the bin.</param>
public readonly record struct CalibrationBin(double Predicted, double Found, int Rows);
