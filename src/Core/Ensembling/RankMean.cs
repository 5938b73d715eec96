using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>The mean of ranks instead of values: for metrics that look at order alone (AUC, Spearman), where members live on different scales.</summary>
public sealed record RankMean : IEnsemble
{
    public string Name { get; init; } = "rank mean";

    /// <exception cref="InputException">The metric looks at more than order.</exception>
    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed)
    {
        var blend = new RankBlend([.. members.Select(RankScale.OfOutputs)]);
        var (plain, ranked) = (score(members[0]), score(blend.Ranked(members[0], 0)));
        if (Math.Abs(plain - ranked) > 0.01 * Math.Max(Math.Abs(plain), 1e-6))
            throw new InputException(
                $"The mean of ranks is for metrics that look at order alone; {metric.Name} changes from {plain:0.####} to {ranked:0.####} " +
                "when predictions become ranks. Take Mean or GreedyEnsemble.");
        return blend;
    }
}
