using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>How neighbours are found and asked, whether they are items or users.</summary>
public sealed record LikenessRecipe
{
    /// <summary>At most so many neighbours are asked.</summary>
    public int Neighbours { get; init => field = Require.AtLeast(1, value); } = 40;

    /// <summary>With so many ratings in common a correlation counts half.</summary>
    public double Shrinkage { get; init => field = Require.AtLeast(0, value); } = 100;

    /// <summary>A neighbour's say is its likeness to this power.</summary>
    public double Power { get; init => field = Require.Positive(value); } = 2;

    /// <summary>How much the baseline alone says beside the neighbours, as if one of this likeness were there.</summary>
    public double Doubt { get; init => field = Require.AtLeast(0, value); } = 0.05;

    /// <summary>So many of the most alike are remembered of each one: among them the neighbours are found that gave, or got, a rating.</summary>
    public int Kept { get; init => field = Require.AtLeast(1, value); } = 2000;

    /// <summary>The baseline: so many ratings at the mean are added to a user's own.</summary>
    public double UserPenalty { get; init => field = Require.AtLeast(0, value); } = 15;

    /// <summary>The same for items.</summary>
    public double ItemPenalty { get; init => field = Require.AtLeast(0, value); } = 10;

    internal IModel Fit(RatedSide side, RatedPairs pairs, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var baseline = RatingBaseline.Of(pairs, UserPenalty, ItemPenalty, rounds: 10);
        var byUser = pairs.ByUser.Map((user, item, rating) => rating - baseline.Say(user, item));
        var byItem = pairs.ByItem.Map((item, user, rating) => rating - baseline.Say(user, item));
        var likenesses = side == RatedSide.Item
            ? Likenesses.Of(byItem, byUser, Shrinkage, Kept, context.Threads, context.Cancel)
            : Likenesses.Of(byUser, byItem, Shrinkage, Kept, context.Threads, context.Cancel);
        return new LikenessModel(this, side, pairs.Names, baseline, side == RatedSide.Item ? byUser : byItem, likenesses, RatingRange.Of(pairs));
    }
}
