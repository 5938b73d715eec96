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

    /// <summary>How much the last so many steps up to the origin lie above the same a season earlier, and a season's lag so raised; 0: neither.</summary>
    public int Growth { get; init => field = Require.AtLeast(0, value); } = 8;

    public Encoded Fit(Dataset train, int seed)
    {
        var values = SeriesValues.Of(train, Series, Step);
        var fitted = new FittedSeriesHistory(this with { }, values);
        var steps = values.StepsOf(train);
        var series = values.Find(train);
        var origins = new int[train.Rows];
        for (var row = 0; row < origins.Length; row++) origins[row] = steps[row] - 1 - Drawn(seed, series[row], steps[row]);
        return new(fitted, fitted.Encode(train, series, steps, origins));
    }

    /// <returns>0 to horizon − 1, the same for all rows of a series' step.</returns>
    internal int Drawn(int seed, int series, int step) => (int)(new Draws(unchecked((seed * 31 + series) * 7919 + step)).Uniform() * Horizon);

    internal string Named(string what) => string.Join('_', [.. Series, what]);
}

/// <summary>See <see cref="SeriesHistory"/>.</summary>
/// <param name="Settings">What is looked at.</param>
/// <param name="Known">The training rows' answers.</param>
public sealed record FittedSeriesHistory(SeriesHistory Settings, SeriesValues Known) : IFittedEncoder
{
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
        float[] Of(Func<RunningMeans, int, int, float> value) =>
            [.. series.Select((s, row) => s < 0 ? float.NaN : value(running[s], steps[row], Math.Min(origins[row], Known.Length - 1)))];
        var columns = new List<Column>();
        void Add(string name, float[] values) => columns.Add(new NumberColumn(Settings.Named(name), values));

        Add("ahead", [.. steps.Select((step, row) => (float)(step - origins[row]))]);
        Add("last", Of((run, _, origin) => run.Last(origin).Value));
        Add("since", Of((run, step, origin) => run.Last(origin).Step is >= 0 and var last ? step - last : float.NaN));
        foreach (var window in Settings.Windows) Add($"mean_{window}", Of((run, _, origin) => run.Mean(origin, window)));
        if (Settings.Expanding) Add("mean", Of((run, _, origin) => run.Mean(origin, Known.Length)));
        foreach (var lag in Settings.Lags) Add($"ago_{lag}", Of((run, step, origin) => run.At(step - lag, origin)));
        if (Settings.Season is { } season && Settings.Growth > 0)
        {
            float Growth(RunningMeans run, int origin)
            {
                var (now, then) = (run.Mean(origin, Settings.Growth), run.Mean(origin - season, Settings.Growth));
                return then > 0 && now > 0 ? Math.Clamp(now / then, 0.5f, 2) : float.NaN;
            }
            Add("growth", Of((run, _, origin) => Growth(run, origin)));
            Add($"grown_{season}", Of((run, step, origin) => run.At(step - season, origin) * (float.IsNaN(Growth(run, origin)) ? 1 : Growth(run, origin))));
        }
        return rows.WithColumns([.. rows.Columns.Select(c => rows.IsView ? c.Take(rows.RowIndex) : c), .. columns]);
    }
}
