namespace Kaggle.Core.Learning.Ratings;

/// <summary>The ratings met in training: nobody gives six of five stars.</summary>
public sealed record RatingRange(float Least, float Most)
{
    public static RatingRange Of(RatedPairs pairs) => new(pairs.Least, pairs.Most);

    public float Clip(float rating) => Math.Clamp(rating, Least, Most);

    /// <summary>Changes the ratings in place, and gives them back.</summary>
    public float[] Clip(float[] ratings)
    {
        for (var i = 0; i < ratings.Length; i++) ratings[i] = Clip(ratings[i]);
        return ratings;
    }
}
