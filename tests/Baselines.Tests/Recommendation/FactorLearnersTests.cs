using Kaggle.Baselines.Recommendation;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Tests.Baselines.Recommendation;

/// <summary>Factors against the conditions that their objectives set.</summary>
public class FactorLearnersTests
{
    static Dataset Rated(params (string User, string Item, float Stars)[] rows)
    {
        string[] users = [.. rows.Select(r => r.User).Distinct().Order()], items = [.. rows.Select(r => r.Item).Distinct().Order()];
        return new(
            [
                new CategoryColumn("user", rows.Select(r => Array.IndexOf(users, r.User)).ToArray(), [.. users]),
                new CategoryColumn("item", rows.Select(r => Array.IndexOf(items, r.Item)).ToArray(), [.. items]),
            ],
            new(Target.Number("stars"), new(rows.Select(r => r.Stars).ToArray(), 1)));
    }

    [Fact]
    public void Alternating_least_squares_leaves_no_slope_at_the_side_solved_last()
    {
        var random = new Random(3);
        (string User, string Item, float Stars)[] rows = [.. from u in Enumerable.Range(0, 25) from i in Enumerable.Range(0, 15) where random.Next(3) > 0 select ($"u{u:D2}", $"i{i:D2}", 1 + 4 * random.NextSingle())];
        var learner = new ExplicitAls { Factors = 3, Penalty = 0.1, BiasPenalty = 2, Rounds = 4 };
        using var model = (FactorModel)learner.Fit(Rated(rows), null, new FitContext());
        var (names, values) = (model.Names, model.Values);
        foreach (var ofItem in rows.GroupBy(r => r.Item))
        {
            var item = names.Items.IndexOf(ofItem.Key);
            double Left((string User, string Item, float Stars) r) => r.Stars - values.Say(names.Users.IndexOf(r.User), item);
            for (var f = 0; f < learner.Factors; f++)
                Assert.Equal(learner.Penalty * ofItem.Count() * values.Item(item)[f], ofItem.Sum(r => Left(r) * values.User(names.Users.IndexOf(r.User))[f]), 1e-3);
            Assert.Equal(learner.BiasPenalty * values.ItemBias[item], ofItem.Sum(Left), 1e-3);
        }
    }

    [Fact]
    public void A_step_of_pairwise_ranking_climbs_the_logarithm_of_the_chance_less_the_penalty()
    {
        // Of ann there is one event and one other item; bob had both, and so nothing to compare: each epoch is one step.
        var rows = Rated(("ann", "a", 1), ("bob", "a", 1), ("bob", "b", 1));
        var learner = new BprFactors { Factors = 3, LearningRate = 0.05, Penalty = 0.02 };
        using var before = (FactorModel)(learner with { Epochs = 1 }).Fit(rows, null, new FitContext { Seed = 4 });
        using var after = (FactorModel)(learner with { Epochs = 2 }).Fit(rows, null, new FitContext { Seed = 4 });

        // p, q of a, r of b, both biases
        double[] Flat(FactorModel m) => [.. m.Values.User(0)[..3].ToArray().Concat(m.Values.Item(0)[..3].ToArray()).Concat(m.Values.Item(1)[..3].ToArray()).Concat(m.Values.ItemBias).Select(x => (double)x)];
        double Objective(double[] x)
        {
            var difference = x[9] - x[10] + Enumerable.Range(0, 3).Sum(f => x[f] * (x[3 + f] - x[6 + f]));
            return -Math.Log(1 + Math.Exp(-difference)) - learner.Penalty / 2 * x.Sum(v => v * v);
        }
        var (start, end) = (Flat(before), Flat(after));
        for (var i = 0; i < start.Length; i++)
        {
            double[] up = [.. start], down = [.. start];
            (up[i], down[i]) = (up[i] + 1e-5, down[i] - 1e-5);
            Assert.Equal(learner.LearningRate * (Objective(up) - Objective(down)) / 2e-5, end[i] - start[i], 2e-5);
        }
    }
}
