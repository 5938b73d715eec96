using Kaggle.Core.Data;

namespace Kaggle.Core.Ensembling;

/// <summary>Σ weight · member.</summary>
public sealed record WeightedBlend(IReadOnlyList<double> Weights) : IBlend
{
    public Predictions Blend(IReadOnlyList<Predictions> members) => Predictions.Weighted(members, [.. Weights]);
}
