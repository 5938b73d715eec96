using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>A recipe that blends the learners' predictions; fitted on out-of-fold predictions only.</summary>
public interface IEnsemble
{
    string Name { get; }

    /// <param name="members">What each learner predicted of the rows, in the metric's own scale; equally shaped.</param>
    /// <param name="answers">The rows' answers.</param>
    /// <param name="score">The competition's metric over predictions (decisions included): higher or lower is better as <paramref name="metric"/> says.</param>
    /// <param name="metric">Which way is better.</param>
    /// <param name="seed">For ensembles that draw.</param>
    IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed);
}

/// <summary>A fitted ensemble. Its JSON holds all of it.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(WeightedBlend), "weighted")]
[JsonDerivedType(typeof(MedianBlend), "median")]
[JsonDerivedType(typeof(RankBlend), "ranks")]
[JsonDerivedType(typeof(StackedBlend), "stacked")]
[JsonDerivedType(typeof(ScaledBlend), "scaled")]
public interface IBlend
{
    /// <summary>How much each member counts, in the members' order; negative where an ensemble allows it.</summary>
    IReadOnlyList<double> Weights { get; }

    Predictions Blend(IReadOnlyList<Predictions> members);
}
