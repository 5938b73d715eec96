using Kaggle.Core.Data;

namespace Kaggle.Baselines.Trees;

/// <summary>Extremely randomised trees: all rows, and for each drawn column one threshold (or one set of levels) drawn at random; the best of those splits.</summary>
/// <remarks>
/// Smoother than a <see cref="RandomForest"/>, and errs elsewhere: a good second opinion in a blend. For numbers all columns are drawn.
/// P. Geurts, D. Ernst, L. Wehenkel, "Extremely Randomized Trees", Machine Learning 63, 2006.
/// </remarks>
public sealed record ExtraTrees : RandomisedTrees
{
    public override string Name { get; init; } = "ExtraTrees";

    private protected override ForestSettings Settings(Dataset train) => Settings(train, columnsOfNumbers: 1, bootstrap: false, randomThresholds: true);
}
