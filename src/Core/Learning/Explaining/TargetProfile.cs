using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>How one target is distributed over the training rows.</summary>
/// <param name="Column">The target column.</param>
/// <param name="Classes">Shares by class, in the classes' order; empty for numbers.</param>
/// <param name="Histogram">Of numbers, on the table's own scale; null for classes.</param>
/// <param name="Learned">The same on the scale of learning; null when that is the same scale.</param>
/// <param name="Spread">Of numbers, on the table's own scale.</param>
public sealed record TargetProfile(
    string Column, IReadOnlyList<LevelProfile> Classes, Histogram? Histogram, Histogram? Learned, Spread? Spread);
