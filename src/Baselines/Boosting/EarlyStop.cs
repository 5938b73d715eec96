using Kaggle.Core.Data;

namespace Kaggle.Baselines.Boosting;

/// <summary>Stops when the validation score has not improved for so many trees, and keeps those up to the best.</summary>
public sealed record EarlyStop(int Patience)
{
    public int Patience { get; init; } = Require.AtLeast(1, Patience);
}
