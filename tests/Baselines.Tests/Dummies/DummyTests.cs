using Kaggle.Baselines.Dummies;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Tests.Baselines.Dummies;

public class DummyTests
{
    static readonly float[] Skewed = [1, 1, 2, 96];

    static Dataset Rows(TargetValues target) => new([new NumberColumn("x", new float[target.Rows])], target);

    static float[] Said(TargetValues target, Metric? metric = null)
    {
        using var model = new Dummy().Fit(Rows(target), null, new() { Metric = metric });
        return model.Predict(Rows(target).Take(..1)).Values.Row(0).ToArray();
    }

    [Fact]
    public void A_number_is_its_mean() => Assert.Equal([25], Said(new(Target.Number("y"), new(Skewed, 1))));

    [Fact]
    public void Of_absolute_errors_it_is_the_median() => Assert.Equal([1.5f], Said(new(Target.Number("y"), new(Skewed, 1)), Metrics.Mae));

    [Fact]
    public void Classes_have_their_shares() =>
        Assert.Equal([0.5f, 0.25f, 0.25f], Said(new(Target.Classes("k"), new(new float[] { 0, 1, 0, 2 }, 1), ["a", "b", "c"])));

    [Fact]
    public void Quantiles_are_the_answers_own() =>
        Assert.Equal([1, 1.5f], Said(new(Target.Quantiles("y", 0.25, 0.5), new(Skewed, 1))));

    [Fact]
    public void OneR_finds_the_one_column_that_tells()
    {
        var random = new Random(1);
        const int rows = 400;
        var sex = Enumerable.Range(0, rows).Select(_ => random.Next(2)).ToArray();
        var answers = sex.Select(s => random.NextDouble() < 0.2 + 0.6 * s ? 1f : 0).ToArray();
        Dataset train = new(
        [
            new NumberColumn("noise", Enumerable.Range(0, rows).Select(_ => random.NextSingle()).ToArray()),
            new CategoryColumn("id", Enumerable.Range(0, rows).ToArray(), [.. Enumerable.Range(0, rows).Select(i => $"{i}")]),
            new CategoryColumn("sex", sex, ["male", "female"]),
        ], new(Target.Binary("y"), new(answers, 1), ["0", "1"]));

        using var model = new OneR().Fit(train, null, new());

        Assert.Equal(["sex"], model.Record.Importance.Keys);
        Assert.InRange(model.Predict(train.Take([Array.IndexOf(sex, 1)]))[0, 0], 0.7f, 0.9f);
    }

    [Fact]
    public void OneR_follows_a_number_in_ranges()
    {
        var x = Enumerable.Range(0, 1200).Select(i => (float)i).ToArray();
        using var model = new OneR().Fit(new([new NumberColumn("x", x)], new(Target.Number("y"), new(x, 1))), null, new());

        Assert.Equal(49.5f, model.Predict(new([new NumberColumn("x", new[] { 3f })]))[0, 0], 6f);
    }
}
