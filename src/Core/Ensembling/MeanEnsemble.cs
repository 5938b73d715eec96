using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Every member counts alike: next to nothing is fitted, and it is hard to beat.</summary>
public sealed record MeanEnsemble : IEnsemble
{
    public string Name { get; init; } = "mean";

    /// <summary>Only so many of the members count, those of the best scores; null: all.</summary>
    public int? Best { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed)
    {
        var order = Enumerable.Range(0, members.Count);
        if (Best < members.Count) order = order.OrderBy(i => metric.HigherIsBetter ? -score(members[i]) : score(members[i]));      // stable: of equals the first
        int[] counted = [.. order.Take(Best ?? members.Count)];
        return new WeightedBlend([.. Enumerable.Range(0, members.Count).Select(i => counted.Contains(i) ? 1.0 / counted.Length : 0)]);
    }
}
