using Kaggle.Core.Data;
using Kaggle.Core.Encoding;

namespace Kaggle.Tests.Core.Encoding;

public class SeriesHistoryTests
{
    const int Horizon = 3;

    static readonly SeriesHistory Past = new() { Series = ["shop"], Step = TimeSpan.FromDays(7), Horizon = Horizon, Season = 6, Lags = [1, 3, 6], Windows = [2, 4], Growth = 2 };

    /// <summary>Two shops, a row a week: shop a sells 100, 101 …, shop b 1000, 1001 ….</summary>
    static Dataset Weeks(int first, int end, Func<int, float, float>? change = null)
    {
        (int Shop, int Week)[] rows = [.. from week in Enumerable.Range(first, end - first) from shop in new[] { 0, 1 } select (shop, week)];
        return new(
            [new CategoryColumn("shop", rows.Select(r => r.Shop).ToArray(), ["a", "b"])],
            new(Target.Number("sales"), new(rows.Select(r => (change ?? ((_, x) => x))(r.Week, (r.Shop == 0 ? 100 : 1000) + r.Week)).ToArray(), 1)),
            time: rows.Select(r => new DateTime(2024, 1, 5).AddDays(7 * r.Week).Ticks).ToArray());
    }

    static float[] Column(Dataset rows, string name) => rows.Number("shop_" + name).ToArray();

    [Fact]
    public void Rows_to_come_see_what_is_known_at_the_end_of_training()
    {
        var later = Past.Fit(Weeks(0, 10), 1).Encoder.Transform(Weeks(10, 13).WithTarget(null));

        Assert.Equal([1, 1, 2, 2, 3, 3], Column(later, "ahead"));
        Assert.Equal([109, 1009, 109, 1009, 109, 1009], Column(later, "last"));
        Assert.Equal([108.5f, 1008.5f], Column(later, "mean_2")[..2]);
        Assert.Equal([104.5f, 1004.5f], Column(later, "mean_all")[..2]);
        Assert.Equal([109, 1009, float.NaN, float.NaN, float.NaN, float.NaN], Column(later, "ago_1"));       // a week ago is known in the first week only
        Assert.Equal([104, 1004, 105, 1005, 106, 1006], Column(later, "ago_6"));
        Assert.Equal(104 * 108.5f / 102.5f, Column(later, "grown_6")[0], 1e-3f);
    }

    [Fact]
    public void Beside_the_mean_answer_of_the_same_column_no_name_is_made_twice()
    {
        var (mean, trained) = new TargetMean { Keep = true }.Fit(Weeks(0, 10), 1);
        var (history, seen) = Past.Fit(trained, 1);

        Assert.Equal(seen.Columns.Select(c => c.Name), history.Transform(mean.Transform(Weeks(10, 13).WithTarget(null))).Columns.Select(c => c.Name));
    }

    [Fact]
    public void What_comes_later_changes_nothing_of_a_row()
    {
        var (known, other) = (Past.Fit(Weeks(0, 30), 1).Train, Past.Fit(Weeks(0, 30, (week, x) => week >= 20 ? -5 * x : x), 1).Train);
        foreach (var column in known.Columns.OfType<NumberColumn>())
            Assert.Equal(column.Values[..(2 * 21)].ToArray(), other.Number(column.Name)[..(2 * 21)].ToArray());       // week 20 is asked from before it
    }

    [Fact]
    public void A_training_row_never_sees_its_own_answer_nor_one_less_old_than_it_is_ahead()
    {
        var train = Past.Fit(Weeks(0, 30), 1).Train;
        var (ahead, last) = (Column(train, "ahead"), Column(train, "last"));
        for (var row = 0; row < train.Rows; row++)
        {
            Assert.InRange(ahead[row], 1, Horizon);
            if (!float.IsNaN(last[row])) Assert.Equal(train.Answers.Truth[row, 0] - ahead[row], last[row]);
        }
        Assert.Equal(Horizon, ahead.Distinct().Count());
    }

    [Fact]
    public void A_series_that_ends_early_says_for_how_long_it_was_silent()
    {
        var rows = Weeks(0, 10);
        var quiet = rows.Take([.. Enumerable.Range(0, rows.Rows).Where(row => row % 2 == 0 || row < 12)]);
        var later = Past.Fit(quiet, 1).Encoder.Transform(Weeks(10, 11).WithTarget(null));
        Assert.Equal([1, 5], Column(later, "since"));
        Assert.Equal([109, 1005], Column(later, "last"));
    }

    [Fact]
    public void Repeated_moments_count_by_their_mean()
    {
        var rows = Weeks(0, 10);
        var twice = rows.Take([.. Enumerable.Range(0, rows.Rows), .. Enumerable.Range(0, rows.Rows)]);
        Assert.Equal([109, 1009], Column(Past.Fit(twice, 1).Encoder.Transform(Weeks(10, 11).WithTarget(null)), "last"));
    }

    [Fact]
    public void Rows_in_any_order_see_the_same()
    {
        var rows = Weeks(0, 10);
        var turned = rows.Take([.. Enumerable.Range(0, rows.Rows).Reverse()]);
        Assert.Equal(
            Column(Past.Fit(rows, 1).Encoder.Transform(Weeks(10, 13).WithTarget(null)), "ago_6"),
            Column(Past.Fit(turned, 1).Encoder.Transform(Weeks(10, 13).WithTarget(null)), "ago_6"));
    }

    [Fact]
    public void A_series_that_training_did_not_meet_has_no_past()
    {
        var rows = Weeks(0, 10);
        var one = rows.Take([.. Enumerable.Range(0, rows.Rows).Where(row => row % 2 == 0)]);
        Assert.Equal([109, float.NaN], Column(Past.Fit(one, 1).Encoder.Transform(Weeks(10, 11).WithTarget(null)), "last"));
    }

    /// <summary>A season of 20 weeks; the feast lies in weeks 5, 27 and 44, and sells ten times as much.</summary>
    static Dataset Feasts(int first, int end)
    {
        static bool Feast(int week) => week is 5 or 27 or 44;
        var rows = Weeks(first, end, (week, x) => Feast(week) ? 10 * x : x);
        float[] marks = [.. Enumerable.Range(first, end - first).SelectMany(week => Enumerable.Repeat(Feast(week) ? 1f : float.NaN, 2))];
        return rows.WithColumns([.. rows.Columns, new NumberColumn("feast", marks)]);
    }

    static readonly SeriesHistory Moved = new()
    {
        Series = ["shop"], Step = TimeSpan.FromDays(7), Horizon = 8, Season = 20, Windows = [2], Growth = 2, Alike = ["feast"],
    };

    [Fact]
    public void A_feast_that_moved_is_looked_for_where_it_was()
    {
        var later = Moved.Fit(Feasts(0, 42), 1).Encoder.Transform(Feasts(42, 50).WithTarget(null));
        float[] Of(string name) => [.. Column(later, name).Where((_, i) => i % 2 == 0)];          // shop a, weeks 42 to 49

        Assert.Equal(float.NaN, Of("alike_20")[2]);                                               // week 44, a season ago 24: the feast lay three weeks aside, a tenth are two
        Assert.Equal([122, 123, 125, 126, 128, 128, 129], Of("alike_20").Where((_, i) => i != 2));  // week 47: 27 was a feast, and the week after it is the next
    }

    [Fact]
    public void The_calendar_counts_only_at_steps_that_were_known_at_the_origin()
    {
        var train = (Moved with { Season = 4, Horizon = 3 }).Fit(Feasts(0, 42), 1).Train;
        var (ahead, alike) = (Column(train, "ahead"), Column(train, "alike_4"));
        for (var row = 0; row < train.Rows; row++)
            if (!float.IsNaN(alike[row]) && alike[row] < 500) Assert.True(alike[row] <= 100 + row / 2 - ahead[row]);
    }

    [Fact]
    public void A_season_ago_is_also_told_in_parts_of_the_weeks_before_its_origin()
    {
        var later = Past.Fit(Weeks(0, 10), 1).Encoder.Transform(Weeks(10, 13).WithTarget(null));
        Assert.Equal(105 / 102.5f, Column(later, "rise_6")[2], 1e-5f);                             // week 11: week 5 beside weeks 2 and 3
    }

    [Fact]
    public void Columns_in_the_unit_of_the_answers_are_those_that_grow_with_them()
    {
        var rows = Feasts(0, 42);
        Dataset Times(float factor) => Moved.Fit(rows.WithTarget(new(Target.Number("sales"), rows.Answers.Truth.Map(x => factor * x))), 1).Train;
        var (once, ten) = (Times(1), Times(10));
        static bool Tenfold(float a, float b) => float.IsNaN(a) || Math.Abs(b - 10 * a) <= 1e-3 * Math.Abs(b);
        var grown = once.Columns.OfType<NumberColumn>().Where(c => c.Values.ToArray().Zip(ten.Number(c.Name).ToArray()).All(pair => Tenfold(pair.First, pair.Second)) && !c.Values.ToArray().All(float.IsNaN));
        Assert.Equal(Moved.InUnit().Order(), grown.Select(c => c.Name).Order());
    }

    [Fact]
    public void It_names_the_columns_that_it_makes()
    {
        var rows = Feasts(0, 42);
        Assert.Equal(Moved.Made().Order(), Moved.Fit(rows, 1).Train.Columns.Select(c => c.Name).Except(rows.Columns.Select(c => c.Name)).Order());
        Assert.Equal(Past.Made().Order(), Past.Fit(Weeks(0, 10), 1).Train.Columns.Select(c => c.Name).Except(Weeks(0, 10).Columns.Select(c => c.Name)).Order());
    }

    [Fact]
    public void Marks_are_written_and_read_too()
    {
        var fitted = Moved.Fit(Feasts(0, 42), 1).Encoder;
        var again = EncoderJson.Read(EncoderJson.Write(fitted));
        Assert.Equal(Column(fitted.Transform(Feasts(42, 50)), "alikegrown_20"), Column(again.Transform(Feasts(42, 50)), "alikegrown_20"));
    }

    [Fact]
    public void It_is_written_and_read_to_the_bit()
    {
        var fitted = Past.Fit(Weeks(0, 10), 1).Encoder;
        var again = EncoderJson.Read(EncoderJson.Write(fitted));
        Assert.Equal(Column(fitted.Transform(Weeks(10, 13)), "grown_6"), Column(again.Transform(Weeks(10, 13)), "grown_6"));
    }

    [Fact]
    public void Without_time_it_says_what_to_do() =>
        Assert.Contains("name the column that holds it", Assert.Throws<InputException>(() => Past.Fit(
            new([new CategoryColumn("shop", new[] { 0 }, ["a"])], new(Target.Number("sales"), new(new[] { 1f }, 1))), 1)).Message);
}
