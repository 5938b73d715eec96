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
}
