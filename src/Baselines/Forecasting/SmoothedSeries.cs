namespace Kaggle.Baselines.Forecasting;

/// <summary>What smoothing knows of a series at its end.</summary>
/// <param name="Level">Where it stands.</param>
/// <param name="Trend">How much it rises at the next step.</param>
/// <param name="Damping">What is left of the trend from step to step.</param>
/// <param name="Seasons">(season) what each of the next steps lies above the level; empty: no season.</param>
/// <param name="Error">The mean squared error of one step ahead.</param>
sealed record SmoothedSeries(double Level, double Trend, double Damping, double[] Seasons, double Error)
{
    public static SmoothedSeries Of(ReadOnlySpan<float> values, int season, double level, double trend, double weight, double damping)
    {
        var (seasons, at, slope, errors, count, begun) = (Start(values, season), 0.0, 0.0, 0.0, 0, false);
        for (var step = 0; step < values.Length; step++)
        {
            var above = season == 0 ? 0 : seasons[step % season];
            var next = at + damping * slope;
            if (float.IsNaN(values[step]))
            {
                if (begun) (at, slope) = (next, damping * slope);
                continue;
            }
            if (!begun)
            {
                (at, begun) = (values[step] - above, true);
                continue;
            }
            var error = values[step] - next - above;
            errors += error * error;
            count++;
            at = next + level * error;
            slope = damping * slope + level * trend * error;
            if (season > 0) seasons[step % season] += weight * (1 - level) * error;
        }
        double[] ahead = season == 0 ? [] : [.. Enumerable.Range(values.Length, season).Select(step => seasons[step % season])];
        return new(at, slope, damping, ahead, count == 0 ? 0 : errors / count);
    }

    /// <param name="steps">From 1, the first step after the series.</param>
    public double Ahead(int steps)
    {
        var (sum, trend) = (Level, Trend);
        for (var i = 0; i < Math.Min(steps, 1000); i++) sum += trend *= Damping;
        return sum + (Seasons.Length == 0 ? 0 : Seasons[(steps - 1) % Seasons.Length]);
    }

    /// <returns>How much each place of the season lies above the mean of its own turn, over the turns.</returns>
    static double[] Start(ReadOnlySpan<float> values, int season)
    {
        var (sums, counts) = (new double[season], new int[season]);
        for (var turn = 0; season > 0 && (turn + 1) * season <= values.Length; turn++)
        {
            var (sum, known) = (0.0, 0);
            foreach (var value in values.Slice(turn * season, season))
                if (!float.IsNaN(value))
                {
                    sum += value;
                    known++;
                }
            for (var i = 0; i < season; i++)
            {
                if (float.IsNaN(values[turn * season + i])) continue;
                sums[i] += values[turn * season + i] - sum / known;
                counts[i]++;
            }
        }
        return [.. sums.Select((sum, i) => counts[i] == 0 ? 0 : sum / counts[i])];
    }
}
