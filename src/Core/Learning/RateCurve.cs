namespace Kaggle.Core.Learning;

/// <summary>Smoothed losses over learning rates, and what they suggest.</summary>
/// <remarks>fastai's four suggestions (fastai/callback/schedule.py), over the curve without its first tenth and last five points, cut at the first that is no number.</remarks>
/// <param name="Rates">Ascending.</param>
/// <param name="Losses">The smoothed loss after learning at each.</param>
/// <param name="Now">The rate that the learner has without being asked.</param>
public sealed record RateCurve(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses, double? Now = null)
{
    /// <summary>All four, by name; null where the curve is too short to tell.</summary>
    public IReadOnlyList<(string Name, double? Rate)> Suggestions => [("valley", Valley), ("slide", Slide), ("steep", Steep), ("minimum", Minimum)];

    /// <summary>In the longest way down (a subsequence): two thirds along its span. The default.</summary>
    public double? Valley
    {
        get
        {
            var (rates, losses) = Part;
            if (losses.Length == 0) return null;
            var (length, end) = (new int[losses.Length], 0);
            for (var i = 0; i < losses.Length; i++)
            {
                length[i] = 1;
                for (var j = 0; j < i; j++)
                    if (losses[i] < losses[j] && length[j] >= length[i]) length[i] = length[j] + 1;
                if (length[i] > length[end]) end = i;
            }
            var start = end - length[end] + 1;
            var third = (end - start) / 3.0;
            return rates[start + (int)third + (int)(third / 2)];
        }
    }

    /// <summary>Where the loss falls fastest for a step in the rate's logarithm.</summary>
    public double? Steep
    {
        get
        {
            var (rates, losses) = Part;
            if (losses.Length < 2) return null;
            var slopes = Enumerable.Range(1, losses.Length - 1).Select(i => (losses[i] - losses[i - 1]) / (Math.Log(rates[i]) - Math.Log(rates[i - 1]))).ToArray();
            return rates[Array.IndexOf(slopes, slopes.Min())];
        }
    }

    /// <summary>A tenth of the rate with the least loss.</summary>
    public double? Minimum
    {
        get
        {
            var (rates, losses) = Part;
            return losses.Length == 0 ? null : rates[Array.IndexOf(losses, losses.Min())] / 10;
        }
    }

    /// <summary>Where, walking from the right, the slopes fifteen points apart first agree.</summary>
    public double? Slide
    {
        get
        {
            var (rates, losses) = Part;
            const int apart = 15;
            if (losses.Length <= apart) return null;
            var right = losses.Length - 1;
            while (right - apart > 0 && Math.Abs(Slope(losses, right) - Slope(losses, right - apart)) > 0.005) right--;
            return rates[right - apart];
        }
    }

    // Central differences by index, as numpy.gradient.
    static double Slope(double[] y, int i) =>
        i == 0 ? y[1] - y[0] : i == y.Length - 1 ? y[i] - y[i - 1] : (y[i + 1] - y[i - 1]) / 2;

    (double[] Rates, double[] Losses) Part
    {
        get
        {
            var (first, last) = (Losses.Count / 10, Math.Max(Losses.Count / 10, Losses.Count - 5));
            var end = Enumerable.Range(first, last - first).TakeWhile(i => double.IsFinite(Losses[i])).Count() + first;
            return ([.. Rates.Skip(first).Take(end - first)], [.. Losses.Skip(first).Take(end - first)]);
        }
    }
}
