using Kaggle.Core.Commands;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Commands;

public class TableSeriesTests
{
    static readonly DateTime begin = new(2023, 1, 2);

    /// <summary>Three shops of two goods, a row a step, and a column that tells nothing apart.</summary>
    static Table Shops(int from, int steps, Func<int, DateTime> at)
    {
        var rows = Enumerable.Range(from * 6, steps * 6).Select(i => (Step: i / 6, Shop: i % 6 / 2, Good: i % 2)).ToArray();
        return new(
        [
            new DateValues("day", Array.ConvertAll(rows, r => at(r.Step).Ticks)),
            new NumberValues("shop", ValueKind.Integer, Array.ConvertAll(rows, r => (double)r.Shop)),
            new CategoryValues("good", Array.ConvertAll(rows, r => r.Good), ["bread", "milk"]),
            new NumberValues("holiday", ValueKind.Integer, Array.ConvertAll(rows, r => r.Step % 9 == 0 ? 1.0 : 0)),
            new NumberValues("size", ValueKind.Number, Array.ConvertAll(rows, r => r.Shop * 1.5)),
        ]);
    }

    static TableSeries? Of(int trained, int asked, Func<int, DateTime> at) => TableSeries.Of(Shops(0, trained, at), Shops(trained, asked, at), "day", []);

    [Fact]
    public void The_fewest_columns_that_tell_rows_of_one_moment_apart_name_the_series()
    {
        var series = Of(120, 13, step => begin.AddDays(7 * step))!;

        Assert.Equal(["good", "shop"], series.Names.Order());
        Assert.Equal((TimeSpan.FromDays(7), 120, 13, 52), (series.Step, series.Length, series.Horizon, series.Season));
    }

    [Fact]
    public void Folds_look_as_far_ahead_as_the_test_rows_do()
    {
        var folds = Assert.IsType<HorizonFolds>(Of(120, 13, step => begin.AddDays(7 * step))!.Folds);

        Assert.Equal((TimeSpan.FromDays(7 * 13), 3), (folds.Horizon, folds.Count));
    }

    [Fact]
    public void Each_name_has_a_history_of_its_own_beside_that_of_all_together()
    {
        var histories = Of(120, 13, step => begin.AddDays(7 * step))!.Encoders.Cast<SeriesHistory>().ToArray();

        Assert.Equal([2, 1, 1], histories.Select(h => h.Series.Count));
        Assert.All(histories, h => Assert.Contains(52, h.Lags));
    }

    [Fact]
    public void Days_have_weeks_and_months_have_years()
    {
        Assert.Equal(7, Of(200, 14, step => begin.AddDays(step))!.Season);
        Assert.Equal(364, Of(800, 14, step => begin.AddDays(step))!.Season);

        var months = Of(60, 6, step => new DateTime(2018, 1, 1).AddMonths(step))!;
        Assert.Equal((60, 6, 12), (months.Length, months.Horizon, months.Season));
    }

    [Fact]
    public void Moments_without_a_rhythm_are_no_series() =>
        Assert.Null(Of(120, 13, step => begin.AddHours(step * step)));

    [Fact]
    public void More_to_predict_than_a_third_of_what_is_known_is_no_forecast() =>
        Assert.Null(Of(30, 13, step => begin.AddDays(step)));

    [Fact]
    public void Rows_that_no_few_columns_tell_apart_are_one_series_and_one_of_each_name()
    {
        Table Twice(int from, int steps) => Shops(from, steps, step => begin.AddDays(step / 4));
        var series = TableSeries.Of(Twice(0, 200), Twice(200, 40), "day", [])!;

        Assert.Empty(series.Names);
        Assert.Superset(new HashSet<string> { "good", "shop" }, series.Wider.ToHashSet());
        Assert.Equal(["mean_7", "last"], series.Usual.TakeLast(2));
    }

    [Fact]
    public void A_column_that_marks_few_moments_for_all_series_says_which_were_alike()
    {
        var series = Of(120, 13, step => begin.AddDays(7 * step))!;

        Assert.Equal(["holiday"], series.Alike);
        Assert.EndsWith("alikegrown_52", series.Usual[0]);
    }
}
