using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Weights that are not negative, sum to 1 and score best, whatever the metric.</summary>
/// <remarks>
/// Weight is moved from one member to another as long as that helps, in ever smaller portions, from the best of the plain mean and the single members.
/// It needs no slope, so that metrics which are steps (accuracy, AUC) can be followed too.
/// </remarks>
public sealed record WeightedEnsemble : IEnsemble
{
    static readonly double[] Portions = [0.3, 0.1, 0.03, 0.01];

    public string Name { get; init; } = "weighted";

    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed)
    {
        var weights = Enumerable.Repeat(1.0 / members.Count, members.Count).ToArray();
        var best = score(Predictions.Weighted(members, weights));
        for (var member = 0; member < members.Count; member++)
            if (score(members[member]) is var alone && metric.IsBetter(alone, best))
            {
                best = alone;
                Array.Clear(weights);
                weights[member] = 1;
            }
        var mixture = new Mixture(members);
        for (var member = 0; member < members.Count; member++) mixture.Take(1, member, weights[member]);
        foreach (var portion in Portions)
            for (var improved = true; improved;)
            {
                improved = false;
                for (var from = 0; from < members.Count; from++)
                    for (var to = 0; to < members.Count; to++)
                    {
                        var moved = Math.Min(portion, weights[from]);
                        if (from == to || moved < 1e-9) continue;
                        var reached = score(mixture.Peek(1, (from, -moved), (to, moved)));
                        if (!metric.IsBetter(reached, best)) continue;
                        (best, improved) = (reached, true);
                        mixture.Take(1, from, -moved);
                        mixture.Take(1, to, moved);
                        weights[from] -= moved;
                        weights[to] += moved;
                    }
            }
        return new WeightedBlend(weights);
    }
}
