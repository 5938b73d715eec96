using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>What a rating is worth before tastes are looked at: mean + how much the user gives + how well the item is liked.</summary>
/// <remarks>Alternating least squares with shrinkage; Koren: Factor in the Neighbors, 2010, section 2.1.</remarks>
/// <param name="Mean">Of all ratings.</param>
/// <param name="OfUser">(users)</param>
/// <param name="OfItem">(items)</param>
sealed record RatingBaseline(double Mean, float[] OfUser, float[] OfItem)
{
    /// <param name="pairs">The ratings.</param>
    /// <param name="userPenalty">So many ratings of 0 are added to each user's.</param>
    /// <param name="itemPenalty">The same of items.</param>
    /// <param name="rounds">How often both are fitted in turn; items first.</param>
    public static RatingBaseline Of(RatedPairs pairs, double userPenalty, double itemPenalty, int rounds)
    {
        var (ofUser, ofItem) = (new float[pairs.ByUser.Count], new float[pairs.ByItem.Count]);
        for (var round = 0; round < rounds; round++)
        {
            Fit(pairs.ByItem, ofUser, ofItem, pairs.Mean, itemPenalty);
            Fit(pairs.ByUser, ofItem, ofUser, pairs.Mean, userPenalty);
        }
        return new(pairs.Mean, ofUser, ofItem);
    }

    /// <param name="user">Its place, or <see cref="RatedNames.Unknown"/>.</param>
    /// <param name="item">Its place, or <see cref="RatedNames.Unknown"/>.</param>
    public float Say(int user, int item) =>
        (float)Mean + (user < 0 ? 0 : OfUser[user]) + (item < 0 ? 0 : OfItem[item]);

    static void Fit(RatedLists lists, float[] others, float[] of, double mean, double penalty)
    {
        for (var one = 0; one < of.Length; one++)
        {
            var whom = lists.Others(one);
            var ratings = lists.Ratings(one);
            var sum = 0.0;
            for (var i = 0; i < whom.Length; i++) sum += ratings[i] - mean - others[whom[i]];
            of[one] = (float)(sum / (whom.Length + penalty));
        }
    }
}
