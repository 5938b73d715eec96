namespace Kaggle.Baselines.Recommendation;

/// <summary>The ratings met in training: nobody gives six of five stars.</summary>
public sealed record RatingRange(float Least, float Most)
{
    internal static RatingRange Of(RatedPairs pairs) => new(pairs.Least, pairs.Most);

    public float Clip(float rating) => Math.Clamp(rating, Least, Most);

    internal float[] Clip(float[] ratings)
    {
        for (var i = 0; i < ratings.Length; i++) ratings[i] = Clip(ratings[i]);
        return ratings;
    }
}
