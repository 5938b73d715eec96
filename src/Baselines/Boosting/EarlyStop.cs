using Kaggle.Core.Data;

namespace Kaggle.Baselines.Boosting;

/// <summary>Stops when the score on rows not learned from has not improved for so many trees, and keeps those up to the best.</summary>
/// <param name="Patience">Trees without improvement.</param>
/// <param name="InnerFolds">
/// 0: the rows to stop on are held back by who asks for the fit. Otherwise the training rows are cross-validated in so many parts (fewer, the more
/// rows there are) to find the number of trees, which are then grown on all of them: few rows cannot spare any.
/// </param>
public sealed record EarlyStop(int Patience, int InnerFolds = 0)
{
    const int EnoughRows = 20_000;

    public int Patience { get; init; } = Require.AtLeast(1, Patience);

    public int InnerFolds { get; init; } = InnerFolds == 0 ? 0 : Require.AtLeast(2, InnerFolds);

    /// <returns>How many of the inner folds are worth their time.</returns>
    internal int FoldsTried(int rows) => Math.Clamp(EnoughRows / Math.Max(1, rows), 1, InnerFolds);
}
