namespace Kaggle.Baselines.Recommendation;

/// <summary>One draw of what the features of one side weigh, and what follows for each user, or item.</summary>
sealed class SampledSide
{
    readonly SideFeatures features;
    readonly PosteriorDraws draws;
    readonly float[][] weights;                               // (1 + factors)(features); the first are the biases'
    readonly double[] sums, squares;                          // (ones) of residual · other's value, and of other's value²

    public SampledSide(SideFeatures features, int factors, double spread, PosteriorDraws draws)
    {
        (this.features, this.draws) = (features, draws);
        var ones = features.Of.Count;
        weights = new float[factors + 1][];
        Values = new float[factors + 1][];
        for (var f = 0; f <= factors; f++)
        {
            (weights[f], Values[f]) = (new float[features.Count], new float[ones]);
            if (f == 0) continue;
            for (var i = 0; i < features.Count; i++) weights[f][i] = (float)(spread * draws.Normal());
            for (var one = 0; one < ones; one++) Values[f][one] = Sum(one, weights[f]);
        }
        (sums, squares) = (new double[ones], new double[ones]);
    }

    /// <summary>(1 + factors)(ones) each one's bias, and its vector's parts.</summary>
    public float[][] Values { get; }

    /// <summary>Draws the weights of one factor anew, given all else, and takes what changed out of the residuals.</summary>
    /// <param name="factor">0: the biases.</param>
    /// <param name="rows">This side's pairs.</param>
    /// <param name="others">(others) the other side's part of the factor.</param>
    /// <param name="residuals">(pairs) what is not explained yet.</param>
    /// <param name="precision">One over the variance of a rating's noise.</param>
    public void Draw(int factor, SidePairs rows, float[]? others, float[] residuals, double precision)
    {
        for (var one = 0; one < sums.Length; one++)
        {
            var (sum, square) = (0.0, 0.0);
            for (var at = rows.Starts[one]; at < rows.Starts[one + 1]; at++)
            {
                var x = others is null ? 1 : others[rows.Others[at]];
                sum += residuals[rows.Pairs[at]] * x;
                square += x * x;
            }
            (sums[one], squares[one]) = (sum, square);
        }
        var before = (float[])Values[factor].Clone();
        for (var group = 0; group < features.Groups.Length; group++)
        {
            var end = group + 1 < features.Groups.Length ? features.Groups[group + 1] : features.Count;
            DrawGroup(features.Groups[group], end, weights[factor], Values[factor], precision);
        }
        for (var one = 0; one < sums.Length; one++)
        {
            var change = Values[factor][one] - before[one];
            for (var at = rows.Starts[one]; at < rows.Starts[one + 1]; at++)
                residuals[rows.Pairs[at]] -= change * (others is null ? 1 : others[rows.Others[at]]);
        }
    }

    void DrawGroup(int first, int end, float[] weights, float[] values, double precision)
    {
        var (mean, prior) = Prior(weights.AsSpan(first, end - first));
        for (var feature = first; feature < end; feature++)
        {
            var ones = features.With.Others(feature);
            var how = features.With.Ratings(feature);
            var (sum, square) = (0.0, 0.0);
            for (var i = 0; i < ones.Length; i++)
            {
                sum += how[i] * sums[ones[i]];
                square += how[i] * how[i] * squares[ones[i]];
            }
            var sharpness = precision * square + prior;
            var centre = (precision * (sum + square * weights[feature]) + prior * mean) / sharpness;
            var drawn = (float)(centre + draws.Normal() / Math.Sqrt(sharpness));
            var change = drawn - weights[feature];
            weights[feature] = drawn;
            for (var i = 0; i < ones.Length; i++)
            {
                values[ones[i]] += how[i] * change;
                sums[ones[i]] -= how[i] * change * squares[ones[i]];
            }
        }
    }

    /// <summary>The prior of a group's weights, drawn given the weights: a normal whose own prior is as wide as can be.</summary>
    (double Mean, double Precision) Prior(ReadOnlySpan<float> weights)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var weight in weights) sum += weight;
        var centre = sum / (weights.Length + 1);
        foreach (var weight in weights) squares += (weight - centre) * (weight - centre);
        var precision = draws.Gamma((weights.Length + 2) / 2.0, (squares + centre * centre + 1) / 2);
        return (centre + draws.Normal() / Math.Sqrt((weights.Length + 1) * precision), precision);
    }

    float Sum(int one, float[] weights)
    {
        var (which, how) = (features.Of.Others(one).ToArray(), features.Of.Ratings(one).ToArray());
        var sum = 0f;
        for (var i = 0; i < which.Length; i++) sum += how[i] * weights[which[i]];
        return sum;
    }
}

/// <summary>The pairs in the order of one side.</summary>
/// <param name="Starts">(ones + 1)</param>
/// <param name="Others">(pairs) the other of each.</param>
/// <param name="Pairs">(pairs) which pair it is.</param>
sealed record SidePairs(int[] Starts, int[] Others, int[] Pairs)
{
    public static SidePairs Of(int count, int[] ones, int[] others)
    {
        var starts = new int[count + 1];
        foreach (var one in ones) starts[one + 1]++;
        for (var i = 0; i < count; i++) starts[i + 1] += starts[i];
        var next = starts[..count];
        var (sorted, pairs) = (new int[ones.Length], new int[ones.Length]);
        for (var pair = 0; pair < ones.Length; pair++)
        {
            var at = next[ones[pair]]++;
            (sorted[at], pairs[at]) = (others[pair], pair);
        }
        return new(starts, sorted, pairs);
    }
}
