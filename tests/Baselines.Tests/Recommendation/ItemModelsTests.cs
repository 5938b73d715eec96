using Kaggle.Baselines.Recommendation;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Tests.Baselines.Recommendation;

/// <summary>Models of items against what their equations say, worked out without their shortcuts.</summary>
public class ItemModelsTests
{
    const int Users = 30, Items = 12;

    static readonly (int User, int Item, float Rating)[] Rated = Drawn();

    static readonly Dataset Rows = new(
        [
            new CategoryColumn("user", Rated.Select(r => r.User).ToArray(), [.. Enumerable.Range(0, Users).Select(u => $"u{u}")]),
            new CategoryColumn("item", Rated.Select(r => r.Item).ToArray(), [.. Enumerable.Range(0, Items).Select(i => $"i{i}")]),
        ],
        new(Target.Number("stars"), new(Rated.Select(r => r.Rating).ToArray(), 1)));

    [Fact]
    public void Ease_solves_the_ridge_regression_of_each_item_on_all_others()
    {
        const double penalty = 3;
        using var model = new Ease { Penalty = penalty }.Fit(Rows, null, new FitContext());
        var scores = new float[Users * Items];
        ((IRanksItems)model).Score([.. Enumerable.Range(0, Users)], 0, scores);
        // The normal equations say B of the residuals, and B says the scores again: Xᵀ (x − x̂) = penalty · B off the diagonal, x̂ = X B.
        var x = new double[Users, Items];
        foreach (var (user, item, _) in Rated) x[user, item] = 1;
        for (var j = 0; j < Items; j++)
        {
            var b = new double[Items];
            for (var i = 0; i < Items; i++)
                if (i != j)
                    for (var u = 0; u < Users; u++) b[i] += x[u, i] * (x[u, j] - scores[u * Items + j]) / penalty;
            for (var u = 0; u < Users; u++)
                Assert.Equal(Enumerable.Range(0, Items).Sum(i => x[u, i] * b[i]), scores[u * Items + j], 1e-3);
        }
    }

    [Fact]
    public void Item_neighbours_say_the_weighted_mean_of_what_the_user_said_of_the_most_alike()
    {
        var recipe = new LikenessRecipe { Neighbours = 3, Shrinkage = 2, Power = 1, Doubt = 0 };
        using var model = new ItemNeighbours { Likeness = recipe }.Fit(Rows, null, new FitContext());
        using var means = new RatingMeans().Fit(Rows, null, new FitContext());
        var (said, usual) = (model.Predict(Rows).Values, means.Predict(All()).Values);
        double Left(int user, int item) => Rated.First(r => r.User == user && r.Item == item).Rating - usual[user * Items + item, 0];
        var raters = Enumerable.Range(0, Items).Select(i => Rated.Where(r => r.Item == i).Select(r => r.User).ToHashSet()).ToArray();
        double Like(int a, int b)
        {
            var both = raters[a].Where(raters[b].Contains).ToArray();
            if (both.Length < 2) return 0;
            var correlation = both.Sum(u => Left(u, a) * Left(u, b)) / Math.Sqrt(both.Sum(u => Math.Pow(Left(u, a), 2)) * both.Sum(u => Math.Pow(Left(u, b), 2)));
            return (both.Length - 1) / (both.Length - 1 + recipe.Shrinkage) * correlation;
        }
        for (var row = 0; row < Rated.Length; row++)
        {
            var (user, item, _) = Rated[row];
            var asked = Enumerable.Range(0, Items).Where(i => i != item && raters[i].Contains(user)).Select(i => (Item: i, Like: Like(item, i)))
                .Where(n => n.Like > 0).OrderByDescending(n => n.Like).Take(recipe.Neighbours).ToArray();
            var above = asked.Length == 0 ? 0 : asked.Sum(n => n.Like * Left(user, n.Item)) / asked.Sum(n => n.Like);
            Assert.Equal(Math.Clamp(usual[user * Items + item, 0] + above, 0, 6), said[row, 0], 2e-3);
        }
    }

    static Dataset All() => new(
    [
        new CategoryColumn("user", Enumerable.Range(0, Users * Items).Select(p => p / Items).ToArray(), [.. Enumerable.Range(0, Users).Select(u => $"u{u}")]),
        new CategoryColumn("item", Enumerable.Range(0, Users * Items).Select(p => p % Items).ToArray(), [.. Enumerable.Range(0, Items).Select(i => $"i{i}")]),
    ]);

    /// <summary>Ratings in the middle and one at each end, so that no baseline is clipped.</summary>
    static (int, int, float)[] Drawn()
    {
        var random = new Random(5);
        (int User, int Item, float Rating)[] drawn =
            [.. from user in Enumerable.Range(0, Users) from item in Enumerable.Range(0, Items) where random.Next(2) == 0 || item == user % Items select (user, item, 2 + 2 * random.NextSingle())];
        drawn[0].Rating = 0;
        drawn[^1].Rating = 6;
        return drawn;
    }
}
