using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Whose means are looked at.</summary>
[Flags]
public enum RatedSide
{
    User = 1,
    Item = 2,
}

/// <summary>The mean, and how far the user and the item usually lie from it: what a recommender must beat.</summary>
/// <remarks>With both it is the baseline of Koren's papers and of Surprise's BaselineOnly.</remarks>
public sealed record RatingMeans : PairLearner
{
    public RatedSide Of { get; init; } = RatedSide.User | RatedSide.Item;

    /// <summary>So many ratings at the mean are added to a user's own.</summary>
    public double UserPenalty { get; init => field = Require.AtLeast(0, value); } = 15;

    /// <summary>The same for items.</summary>
    public double ItemPenalty { get; init => field = Require.AtLeast(0, value); } = 10;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var pairs = RatedPairs.Of(train, User, Item);
        // An endless penalty leaves nothing of a side.
        var baseline = RatingBaseline.Of(pairs,
            Of.HasFlag(RatedSide.User) ? UserPenalty : double.PositiveInfinity, Of.HasFlag(RatedSide.Item) ? ItemPenalty : double.PositiveInfinity, rounds: 10);
        return new FactorModel(pairs.Names, new(baseline.Mean, baseline.OfUser, baseline.OfItem, [], [], 0), RatingRange.Of(pairs), FitRecord.Nothing);
    }

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);
}
