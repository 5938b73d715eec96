using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>How the training rows are divided for validation: a recipe, equal by value.</summary>
public abstract record Folds
{
    /// <returns>The folds; the same for the same dataset and recipe.</returns>
    /// <exception cref="InputException">The rows cannot be divided so (fewer rows than folds, no groups, no time).</exception>
    public abstract IReadOnlyList<Fold> Split(Dataset train);

    /// <summary>One line for reports: "5 folds, stratified, seed 42".</summary>
    public abstract string Describe();
}
