using Kaggle.Baselines.Boosting;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;

namespace Kaggle.Tests.Baselines.Boosting;

public class LightGbmTests
{
    static readonly Dataset Binary = Some.Rows(Target.Binary("y")), Number = Some.Rows(Target.Number("y"));

    static readonly LightGbm Small = new() { Rounds = 30, MinRowsInLeaf = 5, Stop = null, ColumnFraction = 1, RowFraction = 1 };

    static readonly FitContext Context = new() { Seed = 7 };

    static float[] Predicted(LightGbm learner, Dataset train, Dataset rows, FitContext? context = null)
    {
        using var model = learner.Fit(train, null, context ?? Context);
        return model.Predict(rows).Values.Values.ToArray();
    }

    [Fact]
    public void It_learns_a_number() =>
        Assert.True(Predicted(Small with { Rounds = 200 }, Number, Number).Zip(Number.Answers.Truth.Values.ToArray(), (p, t) => Math.Abs(p - t)).Average() < 0.1);

    [Fact]
    public void Any_number_of_threads_makes_the_same_trees() =>
        Assert.Equal(
            Predicted(Small with { RowFraction = 0.7, ColumnFraction = 0.7 }, Binary, Binary),
            Predicted(Small with { RowFraction = 0.7, ColumnFraction = 0.7 }, Binary, Binary, Context with { Threads = 2 }));

    [Fact]
    public void Another_seed_draws_other_rows() =>
        Assert.NotEqual(
            Predicted(Small with { RowFraction = 0.5 }, Binary, Binary),
            Predicted(Small with { RowFraction = 0.5 }, Binary, Binary, Context with { Seed = 8 }));

    [Fact]
    public void Folds_that_share_their_bins_learn_what_they_learn_alone()
    {
        using var share = new RunShare();
        var fold = Number.Take([.. Enumerable.Range(0, 300)]);

        Assert.Equal(Predicted(Small, fold, Number), Predicted(Small, fold, Number, Context with { Share = share }));
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        var fold = Number.Take([.. Enumerable.Range(0, 300)]);
        var backwards = Number.Take([.. Enumerable.Range(0, 300).Reverse()]);

        Assert.Equal(Predicted(Small, fold, Number), Predicted(Small, backwards, Number));
    }

    [Fact]
    public void Early_stopping_keeps_the_best_number_of_trees()
    {
        var learner = Small with { Rounds = 500, LearningRate = 0.3, Stop = new(Patience: 10) };

        using var model = learner.Fit(Number.Take(..300), Number.Take(300..), Context);

        var curve = Assert.Single(model.Record.Curves).Values;
        Assert.Equal(curve.ToList().IndexOf(curve.Min()) + 1, model.Record.Iterations);
        Assert.True(curve.Count == 500 || curve.Count == model.Record.Iterations + 10);
    }

    [Fact]
    public void Inner_folds_find_the_number_of_trees()
    {
        var learner = Small with { Rounds = 500, LearningRate = 0.3, Stop = new(Patience: 10, InnerFolds: 3) };

        using var model = learner.Fit(Number, null, Context);

        var curve = Assert.Single(model.Record.Curves);
        Assert.False(learner.StopsEarly);
        Assert.Equal("inner mse", curve.Name);
        Assert.Equal(curve.Values.ToList().IndexOf(curve.Values.Min()) + 1, model.Record.Iterations);
        Assert.InRange(model.Record.Iterations!.Value, 2, 499);
    }

    [Fact]
    public void Rows_of_a_single_group_cannot_be_parted_and_grow_all_trees()
    {
        var grouped = new Dataset(Number.Columns, Number.Answers, groups: new int[Number.Rows]);

        using var model = (Small with { Stop = new(10, InnerFolds: 3) }).Fit(grouped, null, Context);

        Assert.Equal(30, model.Record.Iterations);
    }

    [Fact]
    public void The_competitions_own_metric_stops_it()
    {
        var metric = new Metric("largest error", HigherIsBetter: false, Need.Values, (truth, predicted, _, _) =>
            truth.Values.ToArray().Zip(predicted.Values.ToArray(), (t, p) => Math.Abs(t - p)).Max());
        var validation = Number.Take(300..);

        using var model = (Small with { Stop = new(5) }).Fit(Number.Take(..300), validation, Context with { Metric = metric });

        var curve = Assert.Single(model.Record.Curves);
        Assert.Equal("validation largest error", curve.Name);
        Assert.Equal(metric.Score(validation.Answers.Truth, model.Predict(validation).Values), curve.Values.Min(), 1e-5);
    }

    [Fact]
    public void A_metric_that_knows_nothing_below_zero_may_stop_it()
    {
        float[] x = [.. Enumerable.Range(0, 300).Select(i => i / 100f)], above = [.. x.Select(v => Math.Max(0, v - 1))];
        var rows = new Dataset([new NumberColumn("x", x)], new(Target.Number("y"), new(above, 1)));
        var learner = Small with { LinearTrees = true, Stop = new(Patience: 50) };        // goes on falling where the answers stay at 0

        using var model = learner.Fit(rows.Take(100..), rows.Take(..100), Context with { Metric = Metrics.Rmsle });

        Assert.True(model.Predict(rows.Take(..100)).Values.Values.ToArray().Min() < 0);
        Assert.All(Assert.Single(model.Record.Curves).Values, score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void A_last_training_grows_exactly_the_trees_asked_for()
    {
        using var model = (Small with { Stop = new(1) }).Fit(Number, Number, Context with { Iterations = 17 });

        Assert.Equal(17, model.Record.Iterations);
    }

    [Fact]
    public void Contributions_sum_to_the_raw_score()
    {
        using var model = Small.Fit(Number, null, Context);

        var contributions = ((IExplainable)model).Contributions(Number);

        Assert.Equal(Number.Columns.Length + 1, contributions.Columns);
        Assert.Equal(model.Predict(Number)[5, 0], contributions.Row(5).ToArray().Sum(), 1e-4f);
    }

    [Fact]
    public void What_decides_the_answer_is_most_important()
    {
        using var model = Small.Fit(Number, null, Context);

        Assert.Equal(["colour", "size"], model.Record.Importance.OrderByDescending(i => i.Value).Take(2).Select(i => i.Key).Order());
    }

    [Fact]
    public void A_monotone_column_never_lowers_the_prediction()
    {
        var falling = new Dataset(
            [new NumberColumn("x", new float[] { 1, 2, 3, 4, 5, 6 })],
            new(Target.Number("y"), new(new float[] { 3, 2, 6, 5, 9, 8 }, 1)));

        var predicted = Predicted(Small with { Increasing = ["x"], MinRowsInLeaf = 1, MinRowsInBin = 1, LearningRate = 0.5 }, falling, falling);

        Assert.Equal(predicted.Order(), predicted);
    }

    [Fact]
    public void A_monotone_column_must_exist() =>
        Assert.Contains("'length'", Assert.Throws<InputException>(() => Predicted(Small with { Increasing = ["length"] }, Number, Number)).Message);

    [Fact]
    public void Quantiles_never_cross_and_keep_the_order_declared()
    {
        var rows = Some.Rows(Target.Quantiles("y", 0.9, 0.1));

        using var model = Small.Fit(rows, null, Context);

        var predicted = model.Predict(rows);
        Assert.All(Enumerable.Range(0, rows.Rows), row => Assert.True(predicted[row, 0] >= predicted[row, 1]));
    }

    [Fact]
    public void Balanced_classes_raise_the_rare_one()
    {
        var rare = Binary.WithTarget(new(Target.Binary("y"), Binary.Answers.Truth, ["no", "yes"])).Take([.. Enumerable.Range(0, 200)]);

        Assert.NotEqual(Predicted(Small, rare, rare).Average(), Predicted(Small with { Balanced = true }, rare, rare).Average());
    }

    [Fact]
    public void A_cancelled_training_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Small.Fit(Number, null, Context with { Cancel = cancelled.Token }));
    }

    [Fact]
    public void Equal_settings_are_equal() =>
        Assert.Equal(new LightGbm { Increasing = ["a"], Stop = new(5) }, new LightGbm { Increasing = ["a"], Stop = new(5) });
}
