using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>What a row's series did before: the values of lags, means of windows, and the same a season earlier. Nothing looks ahead.</summary>
/// <remarks>
/// A row is asked for some steps after the last that is known, its origin, and sees only values at or before it. Of rows after the training rows
/// the origin is the last training step; of a training row it is drawn from 1 to <see cref="Horizon"/> steps back, so that rows are learned from as
/// they will be asked: direct forecasting over the horizon, by one model. Values are means of the answers of a step, on the learned scale.
/// </remarks>
public sealed record SeriesHistory : IEncoder
{
    /// <summary>The columns that name a series together; none: all rows are one. Several of these encoders look at wider series too.</summary>
    public required NameList Series { get; init; }

    /// <summary>From one value of a series to the next.</summary>
    public required TimeSpan Step { get; init => field = value > TimeSpan.Zero ? value : throw new InputException($"A step is {value}; it must be above 0."); }

    /// <summary>How many steps ahead is asked.</summary>
    public required int Horizon { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Steps of a season: a year of weeks is 52. Null: there is none.</summary>
    public int? Season { get; init => field = value is { } s ? Require.AtLeast(1, s) : null; }

    /// <summary>Steps before the row; where one lies after the origin, the value is missing.</summary>
    public ImmutableArray<int> Lags { get; init; } = [];

    /// <summary>Means over so many steps up to the origin.</summary>
    public ImmutableArray<int> Windows { get; init; } = [4, 13];

    /// <summary>The series' mean up to the origin.</summary>
    public bool Expanding { get; init; } = true;

    /// <summary>
    /// How much the last so many steps up to the origin lie above the same a season earlier, a season's lag so raised, and how it stood to those steps; 0: none of them.
    /// </summary>
    public int Growth { get; init => field = Require.AtLeast(0, value); } = 8;

    /// <summary>
    /// Columns of the calendar that are known ahead (holidays, weeks to a feast). With them a season ago is also looked for where the calendar was alike:
    /// at the nearest step with the same values, at most a tenth of a season aside. None: by the date alone.
    /// </summary>
    public NameList Alike { get; init; } = [];

    public Encoded Fit(Dataset train, int seed)
    {
        var values = SeriesValues.Of(train, Series, Step);
        var fitted = new FittedSeriesHistory(this with { }, values, Season is null || Alike.Count == 0 ? null : SeriesMarks.Of(train, values, Alike));
        var steps = values.StepsOf(train);
        var series = values.Find(train);
        var origins = new int[train.Rows];
        for (var row = 0; row < origins.Length; row++) origins[row] = steps[row] - 1 - Drawn(seed, series[row], steps[row]);
        return new(fitted, fitted.Encode(train, series, steps, origins));
    }

    /// <returns>0 to horizon − 1, the same for all rows of a series' step.</returns>
    internal int Drawn(int seed, int series, int step) => (int)(new Draws(unchecked((seed * 31 + series) * 7919 + step)).Uniform() * Horizon);

    /// <returns>The columns it makes.</returns>
    public IEnumerable<string> Made()
    {
        var seasons = Season is { } season && Growth > 0 ? new[] { "growth", $"rise_{season}" }.Concat(Alike.Count > 0 ? [$"alikerise_{season}"] : []) : [];
        return InUnit().Concat(new[] { "ahead", "since" }.Concat(seasons).Select(Named));
    }

    /// <returns>Of them those that are in the unit of the answers.</returns>
    public IEnumerable<string> InUnit()
    {
        var seasons = Season is { } season && Growth > 0 ? new[] { $"grown_{season}" }.Concat(Alike.Count > 0 ? [$"alike_{season}", $"alikegrown_{season}"] : []) : [];
        return new[] { "last" }.Concat(Windows.Select(w => $"mean_{w}")).Concat(Expanding ? ["mean_all"] : []).Concat(Lags.Select(lag => $"ago_{lag}")).Concat(seasons).Select(Named);
    }

    internal string Named(string what) => string.Join('_', [.. Series, what]);
}

/// <summary>See <see cref="SeriesHistory"/>.</summary>
/// <param name="Settings">What is looked at.</param>
/// <param name="Known">The training rows' answers.</param>
/// <param name="Marks">What the calendar said of their steps; null: nothing is asked of it.</param>
public sealed record FittedSeriesHistory(SeriesHistory Settings, SeriesValues Known, SeriesMarks? Marks = null) : IFittedEncoder
{
    const float MostRise = 20;

    public Dataset Transform(Dataset rows)
    {
        var steps = Known.StepsOf(rows);
        var series = Known.Find(rows);
        // Rows among the training rows' time are asked as those were.
        var origins = steps.Select((step, row) => step >= Known.Length ? Known.Length - 1 : step - 1 - Settings.Drawn(0, series[row], step)).ToArray();
        return Encode(rows, series, steps, origins);
    }

    internal Dataset Encode(Dataset rows, int[] series, int[] steps, int[] origins)
    {
        var running = Enumerable.Range(0, Known.Keys.Count).Select(s => new RunningMeans(Known.Of(s))).ToArray();
        float[] At(int[] places, Func<RunningMeans, int, int, float> value) =>
            [.. series.Select((s, row) => s < 0 ? float.NaN : value(running[s], places[row], Math.Min(origins[row], Known.Length - 1)))];
        float[] Of(Func<RunningMeans, int, int, float> value) => At(steps, value);
        var columns = new List<Column>();
        void Add(string name, float[] values) => columns.Add(new NumberColumn(Settings.Named(name), values));

        Add("ahead", [.. steps.Select((step, row) => (float)(step - origins[row]))]);
        Add("last", Of((run, _, origin) => run.Last(origin).Value));
        Add("since", Of((run, step, origin) => run.Last(origin).Step is >= 0 and var last ? step - last : float.NaN));
        foreach (var window in Settings.Windows) Add($"mean_{window}", Of((run, _, origin) => run.Mean(origin, window)));
        if (Settings.Expanding) Add("mean_all", Of((run, _, origin) => run.Mean(origin, Known.Length)));
        foreach (var lag in Settings.Lags) Add($"ago_{lag}", Of((run, step, origin) => run.At(step - lag, origin)));
        if (Settings.Season is { } season && Settings.Growth is > 0 and var recent)
        {
            float Growth(RunningMeans run, int origin)
            {
                var (now, then) = (run.Mean(origin, recent), run.Mean(origin - season, recent));
                return then > 0 && now > 0 ? Math.Clamp(now / then, 0.5f, 2) : float.NaN;
            }
            float Grown(RunningMeans run, int at, int origin) => run.At(at, origin) * (Growth(run, origin) is var growth && float.IsNaN(growth) ? 1 : growth);
            float Rise(RunningMeans run, int at, int origin) =>
                run.Mean(origin - season, recent) is > 0 and var then ? Math.Clamp(run.At(at, origin) / then, -MostRise, MostRise) : float.NaN;
            Add("growth", Of((run, _, origin) => Growth(run, origin)));
            Add($"grown_{season}", Of((run, step, origin) => Grown(run, step - season, origin)));
            Add($"rise_{season}", Of((run, step, origin) => Rise(run, step - season, origin)));
            if (Marks is { } marks)
            {
                var alike = AlikeSteps(marks, rows, series, steps, origins, season);
                Add($"alike_{season}", At(alike, (run, at, origin) => run.At(at, origin)));
                Add($"alikegrown_{season}", At(alike, Grown));
                Add($"alikerise_{season}", At(alike, Rise));
            }
        }
        return rows.WithColumns([.. rows.Columns.Select(c => rows.IsView ? c.Take(rows.RowIndex) : c), .. columns]);
    }

    /// <returns>(rows) the step near a season ago at which the calendar was alike; −1: there was none.</returns>
    int[] AlikeSteps(SeriesMarks marks, Dataset rows, int[] series, int[] steps, int[] origins, int season)
    {
        var mark = marks.Find(rows);
        return [.. series.Select((s, row) => s < 0 ? -1
            : marks.Nearest(marks.Codes.AsSpan(s * Known.Length, Known.Length), mark[row], steps[row] - season, Math.Max(1, season / 10), Math.Min(origins[row], Known.Length - 1)))];
    }
}
