using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Starts from the best member and mixes in, one after the other, the member and share that help most; each member once.</summary>
/// <remarks>As the hillclimbers package: shares from 0.01 to 0.50 in steps of 0.01, or from −0.50; it stops when nothing helps.</remarks>
public sealed record HillClimbing : IEnsemble
{
    public string Name { get; init; } = "hill climbing";

    /// <summary>Whether a member may count negatively: it pays with many rows and members that differ. Blends may then leave 0 … 1.</summary>
    public bool Negative { get; init; }

    /// <summary>The steps in which shares are tried.</summary>
    public double Step { get; init => field = Require.Between(0.001, 0.5, value); } = 0.01;

    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed)
    {
        var scores = members.Select(score).ToArray();
        var first = metric.HigherIsBetter ? Array.IndexOf(scores, scores.Max()) : Array.IndexOf(scores, scores.Min());
        var mixture = new Mixture(members);
        mixture.Take(0, first, 1);
        var weights = new double[members.Count];
        weights[first] = 1;
        var (best, left) = (scores[first], Enumerable.Range(0, members.Count).Where(member => member != first).ToList());
        var steps = (int)Math.Round(0.5 / Step);
        while (left.Count > 0)
        {
            var (pick, share) = (-1, 0.0);
            foreach (var member in left)
                for (var step = Negative ? -steps : 1; step <= steps; step++)
                {
                    if (step == 0) continue;
                    var reached = score(mixture.Peek(1 - step * Step, (member, step * Step)));
                    if (metric.IsBetter(reached, best)) (best, pick, share) = (reached, member, step * Step);
                }
            if (pick < 0) break;
            mixture.Take(1 - share, pick, share);
            for (var member = 0; member < weights.Length; member++) weights[member] *= 1 - share;
            weights[pick] = share;
            left.Remove(pick);
        }
        return new WeightedBlend(weights);
    }
}
