using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Starts from the best member and mixes in, one after the other, the member and share that help most; each member once.</summary>
/// <remarks>
/// As the hillclimbers package: shares from 0.01 to 0.50 in steps of 0.01, or from −0.50; it stops when nothing helps.
/// Every fifth share is tried first and then those around the best, as the score is smooth in the share.
/// </remarks>
public sealed record HillClimbing : IEnsemble
{
    const int Coarse = 5;

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
            bool Try(int member, int step)
            {
                if (step == 0) return false;
                var reached = score(mixture.Peek(1 - step * Step, (member, step * Step)));
                if (!metric.IsBetter(reached, best)) return false;
                (best, pick, share) = (reached, member, step * Step);
                return true;
            }
            foreach (var member in left)
            {
                var around = 0;
                for (var step = Negative ? -steps : 0; step <= steps; step += Coarse)
                    if (Try(member, step)) around = step;
                // A share below the first coarse one may help where that one does not.
                for (var step = around - Coarse + 1; step < around + Coarse; step++)
                    if (step != around && Math.Abs(step) <= steps && (Negative || step > 0)) Try(member, step);
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
