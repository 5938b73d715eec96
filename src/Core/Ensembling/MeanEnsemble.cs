using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Every member counts alike: nothing is fitted, and it is hard to beat.</summary>
public sealed record MeanEnsemble : IEnsemble
{
    public string Name { get; init; } = "mean";

    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed) =>
        new WeightedBlend([.. Enumerable.Repeat(1.0 / members.Count, members.Count)]);
}
