using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>The walk through the posterior: noise, mean, biases and factors are drawn in turn, each given all others.</summary>
sealed class PosteriorChain(RatedPairs pairs, SampledSide users, SampledSide items, PosteriorDraws draws)
{
    readonly SidePairs byUser = SidePairs.Of(pairs.ByUser.Count, pairs.Users, pairs.Items);
    readonly SidePairs byItem = SidePairs.Of(pairs.ByItem.Count, pairs.Items, pairs.Users);
    readonly float[] residuals = new float[pairs.Ratings.Length];

    public double Mean { get; private set; } = pairs.Mean;

    public SampledSide Users => users;

    public SampledSide Items => items;

    /// <returns>The root mean squared error of the training pairs before the sweep.</returns>
    public double Sweep()
    {
        var squares = Residuals();
        var count = Math.Max(1, residuals.Length);
        var precision = draws.Gamma((residuals.Length + 2) / 2.0, (squares + 1) / 2);
        if (residuals.Length > 0) DrawMean(precision);
        users.Draw(0, byUser, null, residuals, precision);
        items.Draw(0, byItem, null, residuals, precision);
        for (var factor = 1; factor < users.Values.Length; factor++)
        {
            users.Draw(factor, byUser, items.Values[factor], residuals, precision);
            items.Draw(factor, byItem, users.Values[factor], residuals, precision);
        }
        return Math.Sqrt(squares / count);
    }

    /// <summary>Worked out anew each sweep: what a thousand small changes leave in float is no residual.</summary>
    double Residuals()
    {
        var squares = 0.0;
        for (var pair = 0; pair < residuals.Length; pair++)
        {
            var (user, item) = (pairs.Users[pair], pairs.Items[pair]);
            var said = Mean + users.Values[0][user] + items.Values[0][item];
            for (var factor = 1; factor < users.Values.Length; factor++) said += users.Values[factor][user] * items.Values[factor][item];
            residuals[pair] = (float)(pairs.Ratings[pair] - said);
            squares += residuals[pair] * residuals[pair];
        }
        return squares;
    }

    void DrawMean(double precision)
    {
        var sum = 0.0;
        foreach (var residual in residuals) sum += residual;
        var change = sum / residuals.Length + draws.Normal() / Math.Sqrt(precision * residuals.Length);
        Mean += change;
        for (var pair = 0; pair < residuals.Length; pair++) residuals[pair] -= (float)change;
    }
}
