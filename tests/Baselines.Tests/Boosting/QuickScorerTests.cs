using Kaggle.Baselines.Boosting;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;

namespace Kaggle.Tests.Baselines.Boosting;

/// <summary>The project's own prediction, against what LightGBM itself says of the validation rows while it trains.</summary>
public class QuickScorerTests
{
    static readonly LightGbm Learner = new() { Rounds = 40, MinRowsInLeaf = 3, MinRowsOfLevel = 5, Leaves = 31, Stop = new(Patience: 100) };

    public static TheoryData<string, Target, Need, Objective?> Objectives() => new()
    {
        { "two classes", Target.Binary("y"), Need.Probabilities, null },
        { "two classes as shares", Target.Binary("y"), Need.Probabilities, Objective.CrossEntropy },
        { "three classes", Target.Classes("y"), Need.Probabilities, null },
        { "three classes, one against the rest", Target.Classes("y"), Need.Probabilities, Objective.OneVersusRest },
        { "a number", Target.Number("y"), Need.Values, null },
        { "absolute error", Target.Number("y"), Need.Values, Objective.Mae },
        { "relative error", Target.Number("y"), Need.Values, Objective.Mape },
        { "Huber's", Target.Number("y"), Need.Values, Objective.Huber() },
        { "Fair's", Target.Number("y"), Need.Values, Objective.Fair() },
        { "counts", Target.Number("y"), Need.Values, Objective.Poisson },
        { "amounts", Target.Number("y"), Need.Values, Objective.Gamma },
        { "claims", Target.Number("y"), Need.Values, Objective.Tweedie() },
    };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Every_objective_is_predicted_as_LightGBM_predicts_it(string name, Target target, Need need, Objective? objective)
    {
        var rows = Some.Rows(target, rows: 1200);                 // numbers, dates and a category, each with missing values
        var (train, validation) = (rows.Take(..700), rows.Take(700..));
        var seen = new List<float[]>();
        var improving = new Metric(name, HigherIsBetter: true, need, (_, predicted, _, _) =>
        {
            seen.Add(predicted.Values.ToArray());
            return seen.Count;
        });

        using var model = (Learner with { Objective = objective }).Fit(train, validation, new FitContext { Metric = improving, Threads = 2 });

        Assert.Equal(40, seen.Count);
        Assert.Equal(seen[^1], model.Predict(validation).Values.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-6f * Math.Max(1, Math.Abs(a)));
    }

    [Theory]
    [InlineData(20, 3)]
    [InlineData(32, 40)]
    [InlineData(33, 64)]
    [InlineData(64, 300)]
    public void Trees_of_many_leaves_and_categories_of_many_levels_are_predicted_as_LightGBM_predicts_them(int leaves, int levels)
    {
        var random = new Random(leaves);
        int[] level = [.. Enumerable.Range(0, 4000).Select(_ => random.Next(-1, levels))];                      // -1: missing
        float[] x = [.. level.Select(_ => random.Next(10) == 0 ? float.NaN : random.NextSingle())];
        var worth = Enumerable.Range(0, levels).Select(_ => random.NextSingle()).ToArray();
        float[] y = [.. level.Select((l, i) => (l < 0 ? 2 : worth[l]) + (float.IsNaN(x[i]) ? 3 : MathF.Sin(20 * x[i])) + 0.1f * random.NextSingle())];
        var rows = new Dataset(
            [new NumberColumn("x", x), new CategoryColumn("c", level, [.. Enumerable.Range(0, levels).Select(l => $"level {l}")])], new(Target.Number("y"), new(y, 1)));
        var seen = Array.Empty<float>();
        var calls = 0;
        var improving = new Metric("improving", HigherIsBetter: true, Need.Values, (_, predicted, _, _) =>
        {
            seen = predicted.Values.ToArray();
            return ++calls;
        });

        using var model = (Learner with { Leaves = leaves, MinRowsOfLevel = 2 }).Fit(rows.Take(..3000), rows.Take(3000..), new FitContext { Metric = improving, Threads = 2 });

        Assert.Equal(40, calls);
        Assert.Equal(seen, model.Predict(rows.Take(3000..)).Values.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-6f * Math.Max(1, Math.Abs(a)));
    }

    [Fact]
    public void Missing_values_go_where_the_training_rows_sent_them()
    {
        // nothing but whether x is there decides: a row without x must come out on the side of the others without
        float[] x = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? float.NaN : i)];
        float[] y = [.. x.Select(v => float.IsNaN(v) ? 10f : 0f)];
        var rows = new Dataset([new NumberColumn("x", x)], new(Target.Number("y"), new(y, 1)));
        using var model = new LightGbm { Rounds = 100, LearningRate = 0.3, Stop = null, ColumnFraction = 1, RowFraction = 1, L2 = 0 }.Fit(rows, null, new FitContext());

        Assert.Equal(y, model.Predict(rows).Values.Values.ToArray(), (a, b) => Math.Abs(a - b) < 0.01f);
    }

    [Fact]
    public void A_number_missing_only_later_counts_as_zero()
    {
        float[] x = [.. Enumerable.Range(0, 200).Select(i => i - 100f)];
        var rows = new Dataset([new NumberColumn("x", x)], new(Target.Number("y"), new(Array.ConvertAll(x, v => v * v), 1)));
        using var model = new LightGbm { Rounds = 50, Stop = null }.Fit(rows, null, new FitContext());

        var later = new Dataset([new NumberColumn("x", new[] { float.NaN, 0 })], new(Target.Number("y"), new(new float[] { 0, 0 }, 1)));
        var predicted = model.Predict(later);

        Assert.Equal(predicted[1, 0], predicted[0, 0]);
    }

    [Fact]
    public void Hundreds_of_columns_and_a_single_row_are_predicted_too()
    {
        var random = new Random(3);
        var columns = Enumerable.Range(0, 700).Select(c => (Column)new NumberColumn($"x{c}", Array.ConvertAll(new float[150], _ => random.NextSingle()))).ToArray();
        var first = ((NumberColumn)columns[0]).Values.ToArray();
        var rows = new Dataset([.. columns], new(Target.Number("y"), new(first, 1)));
        using var model = new LightGbm { Rounds = 60, Stop = null, ColumnFraction = 1 }.Fit(rows, null, new FitContext());

        var together = model.Predict(rows);

        Assert.Equal(together[77, 0], model.Predict(rows.Take(77..78))[0, 0]);
        Assert.True(first.Select((v, i) => Math.Abs(v - together[i, 0])).Average() < 0.1);
    }
}
