namespace Kaggle.Baselines.Recommendation;

/// <summary>Draws from the distributions that Gibbs sampling of linear models asks for.</summary>
sealed class PosteriorDraws(int seed)
{
    readonly Random random = new(seed);
    double? second;

    public double Normal()
    {
        if (second is { } kept)
        {
            second = null;
            return kept;
        }
        var (length, angle) = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
        second = length * Math.Sin(angle);
        return length * Math.Cos(angle);
    }

    /// <param name="shape">At least 1.</param>
    /// <param name="rate">Above 0.</param>
    /// <remarks>Marsaglia and Tsang 2000.</remarks>
    public double Gamma(double shape, double rate)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v / rate;
        }
    }
}
