using Kaggle.Core.Data;

namespace Kaggle.Baselines.Trees;

/// <summary>Trees grown on rows drawn with replacement, the best threshold of each drawn column; for numbers half of the columns are drawn.</summary>
/// <remarks>L. Breiman, "Random Forests", Machine Learning 45, 2001.</remarks>
public sealed record RandomForest : RandomisedTrees
{
    public override string Name { get; init; } = "RandomForest";

    private protected override ForestSettings Settings(Dataset train) => Settings(train, columnsOfNumbers: 0.5, bootstrap: true, randomThresholds: false);
}
