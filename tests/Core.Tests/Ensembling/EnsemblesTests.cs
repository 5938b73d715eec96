using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Metrics;
using static Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Ensembling;

public class EnsemblesTests
{
    static readonly Dictionary<string, IEnsemble> Recipes = new()
    {
        ["mean"] = new MeanEnsemble(),
        ["median"] = new MedianEnsemble(),
        ["weighted"] = new WeightedEnsemble(),
        ["rank mean"] = new RankMean(),
        ["greedy"] = new GreedyEnsemble(),
        ["greedy in bags"] = new GreedyEnsemble { Bags = 5 },
        ["hill climbing"] = new HillClimbing(),
        ["hill climbing, negative"] = new HillClimbing { Negative = true },
        ["likelihood"] = new LikelihoodEnsemble(),
        ["stacking"] = new Stacking(),
        ["stacking, free"] = new Stacking { NonNegative = false },
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Recipes.Keys.Select(name => new TheoryDataRow<string>(name));

    static (IBlend Blend, double Score) Fitted(IEnsemble recipe, TargetValues answers, Predictions[] members, Metric metric)
    {
        double Score(Predictions predicted) => Scoring.Plain(metric, answers).Score(predicted, answers);
        var blend = recipe.Fit(members, answers, Score, metric, seed: 1);
        return (blend, Score(blend.Blend(members)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Members_that_err_apart_blend_to_more_than_the_best(string recipe)
    {
        var (answers, members) = Members.OfTwoClasses(600, 1, 1.1, 1.2);
        var best = members.Max(member => Auc.Score(answers.Truth, member.Values));

        Assert.True(Fitted(Recipes[recipe], answers, members, Auc).Score > best + 0.02);
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_json_blends_alike(string recipe)
    {
        var (answers, members) = Members.OfTwoClasses(80, 0.5, 1);
        var (blend, _) = Fitted(Recipes[recipe], answers, members, Auc);
        var read = JsonSerializer.Deserialize<IBlend>(JsonSerializer.Serialize(blend))!;

        Assert.Equal(blend.Blend(members).Values.Values.ToArray(), read.Blend(members).Values.Values.ToArray());
        Assert.Equal(blend.Weights, read.Weights);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_weights(string recipe)
    {
        var (answers, members) = Members.OfTwoClasses(80, 0.5, 1, 1, 2);

        Assert.Equal(Fitted(Recipes[recipe], answers, members, Auc).Blend.Weights, Fitted(Recipes[recipe], answers, members, Auc).Blend.Weights);
    }

    [Theory, MemberData(nameof(Names))]
    public void One_member_alone_stays_as_it_is_in_order(string recipe)
    {
        var (answers, members) = Members.OfTwoClasses(80, 0.5);

        Assert.Equal(Auc.Score(answers.Truth, members[0].Values), Fitted(Recipes[recipe], answers, members, Auc).Score, 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_row_blends_alone_as_it_does_among_others(string recipe)
    {
        var (answers, members) = Members.OfTwoClasses(80, 0.5, 1);
        var (blend, _) = Fitted(Recipes[recipe], answers, members, Auc);

        Assert.Equal(blend.Blend(members)[7, 0], blend.Blend([.. members.Select(member => member.Take([7]))])[0, 0]);
    }

    [Theory]
    [InlineData("weighted"), InlineData("greedy"), InlineData("hill climbing"), InlineData("stacking")]
    public void Weights_sum_to_about_one_and_none_is_negative(string recipe)
    {
        var (answers, members) = Members.OfNumbers(500, Scale.Same, 0.1, 0.12, 0.3);
        var weights = Fitted(Recipes[recipe], answers, members, Rmse).Blend.Weights;

        Assert.Equal(1, weights.Sum(), 0.05);
        Assert.All(weights, weight => Assert.True(weight >= 0));
    }

    [Theory]
    [InlineData("weighted"), InlineData("greedy"), InlineData("hill climbing"), InlineData("stacking"), InlineData("stacking, free"), InlineData("mean"), InlineData("likelihood")]
    public void Chances_of_several_classes_still_sum_to_one(string recipe)
    {
        var (answers, members) = Members.OfThreeClasses(300, 0.8, 1);
        var blend = Fitted(Recipes[recipe], answers, members, LogLoss).Blend.Blend(members);

        Assert.All(Enumerable.Range(0, blend.Rows), row => Assert.Equal(1, blend.Values.Row(row).ToArray().Sum(), 1e-5f));
    }

    [Fact]
    public void The_mean_of_the_best_leaves_the_others_out()
    {
        TargetValues answers = new(Target.Binary("y"), new(new float[] { 0, 1, 1, 0 }, 1), ["no", "yes"]);
        Predictions Said(params float[] chances) => new(OutputKind.Probabilities, new(chances, 1));
        var blend = new MeanEnsemble { Best = 2 }.Fit([Said(0.1f, 0.9f, 0.9f, 0.1f), Said(0.9f, 0.1f, 0.1f, 0.9f), Said(0.2f, 0.8f, 0.8f, 0.2f)], answers, p => LogLoss.Score(answers.Truth, p.Values), LogLoss, 1);

        Assert.Equal([0.5, 0, 0.5], blend.Weights);
    }

    [Fact]
    public void Stacking_lowers_the_log_loss_of_members_that_are_too_sure()
    {
        var (answers, members) = Members.OfThreeClasses(600, 2.5, 2.5);
        var mean = Fitted(new MeanEnsemble(), answers, members, LogLoss).Score;

        Assert.True(Fitted(new Stacking(), answers, members, LogLoss).Score < mean - 0.02);
    }

    [Fact]
    public void Weights_by_likelihood_give_more_to_the_member_that_knows_more_and_leave_none_out()
    {
        var (answers, members) = Members.OfThreeClasses(300, 0.5, 3, 3);
        var (blend, score) = Fitted(new LikelihoodEnsemble(), answers, members, LogLoss);

        Assert.True(score < Fitted(new MeanEnsemble(), answers, members, LogLoss).Score);
        Assert.True(blend.Weights[0] > 0.8);
        Assert.All(blend.Weights, weight => Assert.InRange(weight, 1.0 / 303, 1));
        Assert.Equal(1, blend.Weights.Sum(), 1e-9);
    }

    // At the top of Σ log Σ weight · chance + Prior Σ log weight on weights that sum to 1 all slopes are equal.
    [Theory]
    [InlineData(1), InlineData(7.5)]
    public void Weights_by_likelihood_stand_where_every_slope_is_the_same(double prior)
    {
        var (answers, members) = Members.OfThreeClasses(200, 1, 1.5, 2);
        var weights = Fitted(new LikelihoodEnsemble { Prior = prior }, answers, members, LogLoss).Blend.Weights;

        double Chance(int member, int row) => members[member][row, (int)answers.Truth[row, 0]];
        double Mixed(int row) => weights.Select((weight, member) => weight * Chance(member, row)).Sum();
        var slopes = weights.Select((weight, member) => Enumerable.Range(0, answers.Rows).Sum(row => Chance(member, row) / Mixed(row)) + prior / weight);

        Assert.All(slopes, slope => Assert.Equal(answers.Rows + 3 * prior, slope, 0.05));
    }

    [Fact]
    public void Weights_by_likelihood_count_a_rows_labels_as_one_row()
    {
        var (answers, members) = Members.OfTwoClasses(200, 1, 2);
        TargetValues twice = new(Target.Labels("a", "b"), new(answers.Truth.Values.ToArray().SelectMany(x => new[] { x, x }).ToArray(), 2));
        Predictions[] both = [.. members.Select(m => new Predictions(m.Kind, new(m.Values.Values.ToArray().SelectMany(x => new[] { x, x }).ToArray(), 2)))];

        var (one, two) = (new LikelihoodEnsemble().Fit(members, answers, _ => 0, LogLoss, 1).Weights, new LikelihoodEnsemble().Fit(both, twice, _ => 0, LogLoss, 1).Weights);

        Assert.All(one.Zip(two), w => Assert.Equal(w.First, w.Second, 1e-9));
    }

    [Fact]
    public void Weights_by_likelihood_refuse_numbers()
    {
        var (answers, members) = Members.OfNumbers(100, Scale.Same, 0.1, 0.2);

        Assert.Contains("chances of classes", Assert.Throws<InputException>(() => Fitted(new LikelihoodEnsemble(), answers, members, Rmse)).Message);
    }

    [Fact]
    public void A_perfect_member_stays_alone()
    {
        var (answers, members) = Members.OfNumbers(200, Scale.Same, 0.2, 0, 0.1);

        Assert.Equal([0, 1, 0], Fitted(new GreedyEnsemble(), answers, members, Rmse).Blend.Weights);
        Assert.Equal([0, 1, 0], Fitted(new WeightedEnsemble(), answers, members, Rmse).Blend.Weights);
        Assert.Equal([0, 1, 0], Fitted(new HillClimbing(), answers, members, Rmse).Blend.Weights);
    }

    [Fact]
    public void Greedy_rounds_are_cut_at_the_first_best()
    {
        // Two members that err alike and opposite: one of each is perfect, and every further round only repeats it.
        var answers = Some.Numbers(0, 0);
        Predictions[] members = [new(OutputKind.Values, new(new[] { 1f, -1f }, 1)), new(OutputKind.Values, new(new[] { -1f, 1f }, 1))];

        Assert.Equal([0.5, 0.5], Fitted(new GreedyEnsemble(), answers, members, Rmse).Blend.Weights);
    }

    [Fact]
    public void Greedy_tells_equal_accuracies_apart_by_log_loss()
    {
        var answers = Some.Classes(0, 1);
        Predictions[] members = [new(OutputKind.Probabilities, new(new[] { 0.45f, 0.55f }, 1)), new(OutputKind.Probabilities, new(new[] { 0.1f, 0.9f }, 1))];

        Assert.Equal([0, 1], Fitted(new GreedyEnsemble(), answers, members, Accuracy).Blend.Weights);
    }

    [Fact]
    public void Hill_climbing_may_subtract_a_shared_error()
    {
        // The second member is the first one's error and nothing else.
        var random = new Random(5);
        var truth = Enumerable.Range(0, 300).Select(_ => random.NextSingle()).ToArray();
        var error = Enumerable.Range(0, 300).Select(_ => random.NextSingle() - 0.5f).ToArray();
        Predictions[] members = [new(OutputKind.Values, new(truth.Zip(error, (t, e) => t + 0.3f * e).ToArray(), 1)), new(OutputKind.Values, new(error, 1))];

        Assert.True(Fitted(new HillClimbing { Negative = true }, Some.Numbers(truth), members, Pearson).Blend.Weights[1] < -0.1);
        Assert.Equal(0, Fitted(new HillClimbing(), Some.Numbers(truth), members, Pearson).Blend.Weights[1]);
    }

    [Fact]
    public void The_mean_of_ranks_refuses_a_metric_that_looks_at_values()
    {
        var (answers, members) = Members.OfNumbers(100, Scale.Same, 0.1, 0.2);

        Assert.Contains("order alone", Assert.Throws<InputException>(() => Fitted(new RankMean(), answers, members, Rmse)).Message);
    }

    [Fact]
    public void Ranks_beyond_what_was_seen_still_rise()
    {
        var scale = RankScale.OfOutputs(new(OutputKind.Scores, new(new[] { 1f, 2, 2, 3 }, 1)))[0];

        Assert.Equal(0.5f, scale.Rank(2));
        Assert.True(scale.Rank(-9) < scale.Rank(0) && scale.Rank(0) < scale.Rank(1) && scale.Rank(1) < scale.Rank(1.5f) && scale.Rank(3) < scale.Rank(4) && scale.Rank(4) < scale.Rank(50));
    }
}
