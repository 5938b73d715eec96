using Kaggle.Baselines.Dummies;
using Kaggle.Baselines.Forecasting;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Baselines.Forecasting;

public class ForecastingTests
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>One series: day d sells 10·(d mod 4) + d, unless it is left out.</summary>
    static Dataset Days(int from, int to, params int[] without)
    {
        int[] days = [.. Enumerable.Range(from, to - from).Except(without)];
        return new(
            [new NumberColumn("usual", days.Select(d => d % 3 == 0 ? float.NaN : d).ToArray())],
            new(Target.Number("sales"), new(days.Select(d => 10f * (d % 4) + d).ToArray(), 1)),
            time: days.Select(d => new DateTime(2024, 3, 1).AddDays(d).Ticks).ToArray());
    }

    static float[] Said(ILearner learner, Dataset train, Dataset rows)
    {
        using var model = learner.Fit(train, null, new FitContext());
        return model.Predict(rows.WithTarget(null)).Values.Values.ToArray();
    }

    [Fact]
    public void A_season_ago_is_said_and_two_seasons_ahead_the_season_before_the_last() =>
        Assert.Equal([8, 19, 30, 41, 8, 19], Said(new SeasonalNaive { Series = [], Step = Day, Season = 4 }, Days(0, 12), Days(12, 18)));

    [Fact]
    public void A_gap_a_season_ago_is_filled_by_its_neighbour() =>
        Assert.Equal([19], Said(new SeasonalNaive { Series = [], Step = Day, Season = 4 }, Days(0, 12, without: 8), Days(12, 13)));

    [Fact]
    public void Without_a_season_the_last_steps_are_averaged() =>
        Assert.Equal([(30f + 41) / 2], Said(new SeasonalNaive { Series = [], Step = Day, Recent = 2 }, Days(0, 12), Days(12, 13)));

    [Fact]
    public void What_is_learned_is_added_to_the_column_and_to_the_mean_where_it_is_missing()
    {
        var train = Days(0, 12);
        var mean = train.Answers.Truth.Values.ToArray().Average();
        var usual = train.Number("usual").ToArray().Select(u => float.IsNaN(u) ? mean : u).ToArray();
        var rest = train.Answers.Truth.Values.ToArray().Zip(usual, (y, u) => y - u).Average();
        Assert.Equal(usual.Select(u => u + rest), Said(new AddedTo { Columns = ["usual"], Learner = new Dummy() }, train, train), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    /// <summary>Two shops, one ten times the other; both sell their level and a half more on odd days.</summary>
    static Dataset Levels(bool known = true)
    {
        (int Day, float Level)[] rows = [.. from day in Enumerable.Range(0, 40) from level in new[] { 10f, 100f } select (day, level)];
        return new(
            [new NumberColumn("level", rows.Select(r => r.Level).ToArray()), new NumberColumn("odd", rows.Select(r => (float)(r.Day % 2)).ToArray()),
                new NumberColumn("ago", rows.Select(r => r.Level * (1 + 0.5f * (r.Day % 2))).ToArray())],
            known ? new(Target.Number("sales"), new(rows.Select(r => r.Level * (1 + 0.5f * (r.Day % 2))).ToArray(), 1)) : null);
    }

    [Fact]
    public void In_parts_of_a_level_one_mean_serves_large_series_and_small_ones()
    {
        var said = Said(new AddedTo { Columns = [], Per = ["level"], Learner = new Dummy() }, Levels(), Levels());
        Assert.Equal([12.5f, 125], said[..2], (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Divided_columns_are_the_same_for_large_series_and_small_ones()
    {
        var probe = new Probe();
        using var model = new AddedTo { Columns = [], Per = ["level"], Divided = ["ago"], Power = 2, Learner = probe }.Fit(Levels(), null, new FitContext());

        Assert.Equal([1, 1, 1.5f, 1.5f], probe.Seen!.Number("ago").ToArray()[..4]);
        Assert.Equal([1, 1, 1.5f, 1.5f], probe.Seen!.Answers.Truth.Values.ToArray()[..4]);
        Assert.Equal(100, probe.Seen!.Weights!.Value.Span[1] / probe.Seen!.Weights!.Value.Span[0], 1e-3f);      // squared errors count as the levels' squares
    }

    [Fact]
    public void A_level_of_zero_makes_nothing_endless()
    {
        var rows = Levels();
        var zero = rows.WithColumns([new NumberColumn("level", new float[rows.Rows]), rows["odd"], rows["ago"]]);
        Assert.All(Said(new AddedTo { Columns = [], Per = ["level"], Learner = new Dummy() }, zero, zero), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Keeps what it was given.</summary>
    sealed record Probe : ILearner
    {
        public Dataset? Seen { get; private set; }

        public string Name => "Probe";

        public ColumnKind Uses => ColumnKind.Number;

        public bool StopsEarly => false;

        public bool Learns(TaskKind task) => true;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context)
        {
            Seen = train;
            return new Dummy().Fit(train, validation, context);
        }

        public IModel Load(string folder, FitContext context) => throw new NotSupportedException();
    }

    [Fact]
    public void The_settings_of_the_learner_within_are_part_of_its_own() =>
        Assert.Contains("\"Leaves\":7", UnitKey.Settings(new AddedTo { Columns = ["usual"], Learner = new Kaggle.Baselines.Boosting.LightGbm { Leaves = 7 } }).ToJsonString());

    [Fact]
    public void Smoothing_goes_on_from_a_level_that_forgets()
    {
        var values = Days(0, 12).Answers.Truth.Values.ToArray();
        var level = values.Skip(1).Aggregate((double)values[0], (at, value) => at + 0.3 * (value - at));
        Assert.Equal(level, Said(new ExponentialSmoothing { Series = [], Step = Day, Level = 0.3, Trend = 0 }, Days(0, 12), Days(12, 13))[0], 1e-4);
    }

    [Fact]
    public void Smoothing_finds_a_season_and_a_slope()
    {
        var said = Said(new ExponentialSmoothing { Series = [], Step = Day, Season = 4, Damping = 1 }, Days(0, 80), Days(80, 84));
        Assert.All(said.Zip(Days(80, 84).Answers.Truth.Values.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1.5));
    }

    [Fact]
    public void Smoothing_passes_over_gaps_and_is_read_as_it_was_written()
    {
        var (learner, rows) = (new ExponentialSmoothing { Series = [], Step = Day, Season = 4 }, Days(12, 20).WithTarget(null));
        var folder = Directory.CreateTempSubdirectory("smoothing-").FullName;
        try
        {
            using var model = learner.Fit(Days(0, 12, without: 5), null, new FitContext());
            model.Save(folder);
            using var loaded = learner.Load(folder, new FitContext());
            Assert.Equal(model.Predict(rows).Values.Values.ToArray(), loaded.Predict(rows).Values.Values.ToArray());
            Assert.All(model.Predict(rows).Values.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Day by day 0.8 of the day before and 20 more: from 0 towards 100, in two shops, the second from 200 down.</summary>
    static Dataset Drawing(int first, int end)
    {
        (int Day, int Shop)[] rows = [.. from day in Enumerable.Range(first, end - first) from shop in new[] { 0, 1 } select (day, shop)];
        static double At(int day, int shop) => 100 + (shop == 0 ? -100 : 100) * Math.Pow(0.8, day);
        return new(
            [new CategoryColumn("shop", rows.Select(r => r.Shop).ToArray(), ["a", "b"])],
            new(Target.Number("sales"), new(rows.Select(r => (float)At(r.Day, r.Shop)).ToArray(), 1)),
            time: rows.Select(r => new DateTime(2024, 3, 1).AddDays(r.Day).Ticks).ToArray());
    }

    /// <summary>Knows the law and has nothing to learn.</summary>
    sealed record Law : ILearner
    {
        public string Name => "Law";

        public ColumnKind Uses => ColumnKind.Number;

        public bool StopsEarly => false;

        public bool Learns(TaskKind task) => true;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context) => new Model();

        public IModel Load(string folder, FitContext context) => new Model();

        sealed class Model : IModel
        {
            public FitRecord Record => FitRecord.Nothing;

            public Predictions Predict(Dataset rows) =>
                new(OutputKind.Values, new(rows.Number("shop_ago_1").ToArray().Select(before => float.IsNaN(before) ? -1 : 0.8f * before + 20).ToArray(), 1));

            public void Save(string folder) { }

            public void Dispose() { }
        }
    }

    static readonly Recursive DayByDay = new() { Series = ["shop"], Step = Day, Lags = [1], Windows = [], Learner = new Law() };

    [Fact]
    public void Step_by_step_a_law_of_one_step_holds_over_the_horizon()
    {
        var later = Drawing(12, 22);
        Assert.All(Said(DayByDay, Drawing(0, 12), later).Zip(later.Answers.Truth.Values.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Fact]
    public void Each_step_is_learned_from_what_was_said_of_the_one_before()
    {
        // Only the last step is asked for: what lies between was never said, and the day before it is a gap.
        Assert.Equal([-1, -1], Said(DayByDay, Drawing(0, 12), Drawing(15, 16)));
        Assert.Equal(Drawing(12, 13).Answers.Truth.Values.ToArray(), Said(DayByDay, Drawing(0, 12), Drawing(12, 13)), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void A_recursive_model_is_read_as_it_was_written()
    {
        var folder = Directory.CreateTempSubdirectory("recursive-").FullName;
        try
        {
            using var model = DayByDay.Fit(Drawing(0, 12), null, new FitContext());
            model.Save(folder);
            using var loaded = DayByDay.Load(folder, new FitContext());
            Assert.Equal(model.Predict(Drawing(10, 16)).Values.Values.ToArray(), loaded.Predict(Drawing(10, 16)).Values.Values.ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Twelve shops of very different size that move alike over a season of ten days, and noise of a fifth of their own.</summary>
    static Dataset Alike(int from, int to, double noise, Func<int, int, bool>? missing = null)
    {
        var random = new Random(8);
        var rows = (from day in Enumerable.Range(0, 40) from shop in Enumerable.Range(0, 12) select (day, shop, Noise: noise * (random.NextDouble() - 0.5))).ToArray();
        static double Usual(int day, int shop) => Math.Pow(2, shop) * (2 + Math.Sin(2 * Math.PI * day / 10));
        var taken = rows.Where(r => r.day >= from && r.day < to && missing?.Invoke(r.day, r.shop) is not true).ToArray();
        return new(
            [new CategoryColumn("shop", taken.Select(r => r.shop).ToArray(), [.. Enumerable.Range(0, 12).Select(s => $"s{s:D2}")])],
            new(Target.Number("sales"), new(taken.Select(r => (float)(Usual(r.day, r.shop) * (1 + r.Noise))).ToArray(), 1)),
            time: taken.Select(r => new DateTime(2024, 3, 1).AddDays(r.day).Ticks).ToArray());
    }

    static readonly SharedSeason Shared = new() { Series = ["shop"], Step = Day, Season = 10, Recent = 10, Rank = 2 };

    static double Off(ILearner learner, Dataset train) =>
        Said(learner, train, Alike(30, 40, 0)).Zip(Alike(30, 40, 0).Answers.Truth.Values.ToArray(), (said, truth) => Math.Abs(said / truth - 1)).Average();

    [Fact]
    public void Movements_that_series_share_are_known_better_than_what_one_did()
    {
        var train = Alike(0, 30, 0.4);
        Assert.True(Off(Shared, train) < 0.8 * Off(new SeasonalNaive { Series = ["shop"], Step = Day, Season = 10 }, train));
    }

    [Fact]
    public void With_as_many_movements_as_series_nothing_is_cleaned_away()
    {
        var train = Alike(0, 30, 0);
        Assert.Equal(0, Off(Shared with { Rank = 12 }, train), 1e-5);
    }

    [Fact]
    public void Gaps_are_filled_by_what_the_others_did() =>
        Assert.Equal(0, Off(Shared, Alike(0, 30, 0, missing: (day, shop) => shop == 3 && day is > 20 and < 25)), 0.02);

    [Fact]
    public void A_group_that_does_not_name_the_series_is_a_sentence() =>
        Assert.Contains("named by 'town'", Assert.Throws<InputException>(() => (Shared with { Within = ["town"] }).Fit(Alike(0, 30, 0), null, new FitContext())).Message);
}
