using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>The baseline, and what the ratings of the neighbours lay above it.</summary>
/// <param name="recipe">How neighbours are asked.</param>
/// <param name="side">Whether neighbours are items or users.</param>
/// <param name="names">Who is at which place.</param>
/// <param name="baseline">What is known without neighbours.</param>
/// <param name="left">What the baseline leaves of ratings: by user where neighbours are items, by item where they are users.</param>
/// <param name="likenesses">Who is like whom.</param>
/// <param name="range">The ratings met.</param>
sealed class LikenessModel(
    LikenessRecipe recipe, RatedSide side, RatedNames names, RatingBaseline baseline, RatedLists left, Likenesses likenesses, RatingRange range) : IModel
{
    const string Settings = "neighbours.json";

    public FitRecord Record => FitRecord.Nothing;

    public Predictions Predict(Dataset rows)
    {
        var (users, items) = names.Places(rows);
        var (ones, raters) = side == RatedSide.Item ? (items, users) : (users, items);
        var known = new float[side == RatedSide.Item ? names.Items.Length : names.Users.Length];
        Array.Fill(known, float.NaN);
        var said = new float[rows.Rows];
        // Rater by rater: what was rated is laid out once for all that is asked of it.
        foreach (var asked in Enumerable.Range(0, said.Length).GroupBy(row => raters[row]))
        {
            if (asked.Key >= 0) LayOut(asked.Key, known);
            foreach (var row in asked) said[row] = range.Clip(baseline.Say(users[row], items[row]) + (ones[row] >= 0 && asked.Key >= 0 ? Above(ones[row], known) : 0));
            if (asked.Key >= 0)
                foreach (var one in left.Others(asked.Key)) known[one] = float.NaN;
        }
        return new(OutputKind.Values, new(said, 1));
    }

    void LayOut(int rater, float[] known)
    {
        var ones = left.Others(rater);
        var ratings = left.Ratings(rater);
        for (var i = 0; i < ones.Length; i++) known[ones[i]] = ratings[i];
    }

    /// <returns>How much above the baseline the neighbours were rated.</returns>
    float Above(int one, float[] known)
    {
        var others = likenesses.Others(one);
        var strengths = likenesses.Strengths(one);
        var (sum, weights, asked) = (0.0, recipe.Doubt == 0 ? 0 : Math.Pow(recipe.Doubt, recipe.Power), 0);
        for (var i = 0; i < others.Length && asked < recipe.Neighbours; i++)
        {
            if (float.IsNaN(known[others[i]])) continue;
            var weight = recipe.Power == 1 ? strengths[i] : recipe.Power == 2 ? strengths[i] * strengths[i] : Math.Pow(strengths[i], recipe.Power);
            sum += weight * known[others[i]];
            weights += weight;
            asked++;
        }
        return asked == 0 ? 0 : (float)(sum / weights);
    }

    public void Save(string folder)
    {
        ModelFile.Write(folder, Settings, new Saved(recipe, side, names, baseline, range));
        left.Save(folder, "left");
        likenesses.Save(folder);
    }

    public static LikenessModel Load(string folder)
    {
        var saved = ModelFile.Read<Saved>(folder, Settings);
        return new(saved.Recipe, saved.Side, saved.Names, saved.Baseline, RatedLists.Load(folder, "left"), Likenesses.Load(folder), saved.Range);
    }

    public void Dispose() { }

    sealed record Saved(LikenessRecipe Recipe, RatedSide Side, RatedNames Names, RatingBaseline Baseline, RatingRange Range);
}
