using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Validation;

public class FoldsTests
{
    [Fact]
    public void More_folds_than_rows_are_refused() =>
        Says("3 rows cannot be divided into 5 folds", () => Folds.Shuffled(5).Split(Some.Rows(3)));

    [Fact]
    public void One_row_per_class_is_refused_when_stratified() =>
        Says("'class 0', has 1", () => Folds.Stratified(3).Split(Some.Rows(6, Some.Classes(0, 1, 2, 3, 4, 5))));

    [Fact]
    public void A_class_rarer_than_the_folds_is_allowed() =>
        Assert.Single(Folds.Stratified(3).Split(Some.Rows(7, Some.Classes(0, 0, 0, 0, 0, 0, 1))), fold => fold.Validation.Contains(6));

    [Fact]
    public void Grouped_folds_without_groups_are_refused() =>
        Says("no groups", () => Folds.Grouped(2).Split(Some.Rows(4)));

    [Fact]
    public void Fewer_groups_than_folds_are_refused() =>
        Says("2 groups cannot be divided into 3 folds", () => Folds.Grouped(3).Split(Some.Rows(4, groups: [1, 1, 2, 2])));

    [Fact]
    public void Folds_in_time_without_time_are_refused() =>
        Says("no time", () => Folds.TimeSeries(2).Split(Some.Rows(4)));

    [Fact]
    public void A_gap_that_leaves_nothing_to_learn_from_is_refused() =>
        Says("no rows to learn from", () => Folds.TimeSeries(1, TimeSpan.FromTicks(9)).Split(Some.Rows(4, time: [1, 2, 3, 4])));

    [Fact]
    public void Time_expands_block_by_block()
    {
        var folds = Folds.TimeSeries(2).Split(Some.Rows(6, time: [10, 60, 20, 50, 30, 40]));

        Assert.Equal([0, 2], folds[0].Train);
        Assert.Equal([4, 5], folds[0].Validation);
        Assert.Equal([0, 2, 4, 5], folds[1].Train);
        Assert.Equal([1, 3], folds[1].Validation);
    }

    [Fact]
    public void A_sliding_window_forgets()
    {
        var last = Folds.TimeSeries(2, window: TimeSpan.FromTicks(20)).Split(Some.Rows(6, time: [10, 20, 30, 40, 50, 60]))[1];

        Assert.Equal([2, 3], last.Train);
    }

    [Fact]
    public void Moments_that_hold_many_rows_stay_whole()
    {
        var folds = Folds.TimeSeries(2).Split(Some.Rows(7, time: [1, 1, 1, 1, 1, 2, 3]));

        Assert.Equal([5], folds[0].Validation);
        Assert.Equal([6], folds[1].Validation);
    }

    [Fact]
    public void Predefined_rows_of_minus_one_are_always_learned_from()
    {
        var folds = Folds.Predefined("fold").Split(new([new NumberColumn("fold", new float[] { 7, -1, 3, 7, float.NaN })]));

        Assert.Equal([2], folds[0].Validation);
        Assert.Equal([0, 3], folds[1].Validation);
        Assert.All(folds, fold => Assert.Superset(new HashSet<int> { 1, 4 }, fold.Train.ToHashSet()));
    }

    [Fact]
    public void A_holdout_has_its_share_of_each_class()
    {
        var fold = Assert.Single(Folds.Holdout(0.2).Split(Some.Rows(100, Some.Classes([.. Enumerable.Repeat(0, 80), .. Enumerable.Repeat(1, 20)]))));

        Assert.Equal(16, fold.Validation.Count(row => row < 80));
        Assert.Equal(4, fold.Validation.Count(row => row >= 80));
    }

    [Fact]
    public void Repeats_differ_and_are_numbered_on()
    {
        var folds = Folds.Repeated(Folds.Shuffled(2), 2).Split(Some.Rows(40));

        Assert.Equal([0, 1, 2, 3], folds.Select(fold => fold.Number));
        Assert.Equal([0, 0, 1, 1], folds.Select(fold => fold.Repeat));
        Assert.NotEqual(folds[0].Validation, folds[2].Validation);
    }

    [Fact]
    public void Repeating_folds_that_draw_nothing_is_refused() =>
        Says("draws nothing", () => Folds.Repeated(Folds.KFold(2), 2).Split(Some.Rows(4)));

    [Fact]
    public void Stratified_and_grouped_folds_share_a_rare_class()
    {
        var classes = Enumerable.Range(0, 60).Select(row => row % 10 == 0 ? 1 : 0).ToArray();       // six groups of ten, a rare row in each
        var folds = Folds.StratifiedGrouped(3).Split(Some.Rows(60, Some.Classes(classes), groups: [.. Enumerable.Range(0, 60).Select(row => row / 10)]));

        Assert.All(folds, fold => Assert.Equal(2, fold.Validation.Count(row => classes[row] == 1)));
    }

    [Fact]
    public void Labels_that_occur_together_are_a_stratum()
    {
        var truth = Enumerable.Range(0, 40).SelectMany(row => new[] { row % 2, row % 4 / 2 }).Select(bit => (float)bit).ToArray();
        var folds = Folds.Stratified(5).Split(Some.Rows(40, new(Target.Labels("a", "b"), new(truth, 2))));

        Assert.All(folds, fold => Assert.All(fold.Validation.CountBy(row => row % 4), held => Assert.Equal(2, held.Value)));
    }

    [Fact]
    public void The_command_line_changes_count_and_seed() =>
        Assert.Equal(Folds.Stratified(3, seed: 7), Folds.Stratified(5, seed: 42).WithCount(3).WithSeed(7));

    [Fact]
    public void A_holdout_has_no_number_of_folds() =>
        Says("holdout of 20 %", () => Folds.Holdout(0.2).WithCount(3));

    [Theory]
    [InlineData(1)]
    [InlineData(-3)]
    public void One_fold_is_not_enough(int count) => Says($"Count is {count}", () => Folds.Stratified(count));

    static void Says(string part, Func<object?> action) => Assert.Contains(part, Assert.Throws<InputException>(action).Message);
}
