using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Forecasting;

/// <summary>Each series goes on from its level, its damped trend and its season, all of them means that forget.</summary>
/// <remarks>
/// Holt and Winters, additive, with the damped trend of Gardner and McKenzie 1985. What is not given is chosen for each series by the squared error of one
/// step ahead. A series of less than two seasons has none; gaps are passed over. Rows before the end of training are answered as the first step after it.
/// </remarks>
public sealed record ExponentialSmoothing : ILearner
{
    const string File = "smoothing.json";

    public string Name { get; init; } = "ExponentialSmoothing";

    /// <summary>The columns that name a series together; none: all rows are one.</summary>
    public required NameList Series { get; init; }

    /// <summary>From one value of a series to the next.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Steps of a season; null: there is none.</summary>
    public int? Season { get; init => field = value is { } s ? Require.AtLeast(2, s) : null; }

    /// <summary>How much of each error goes into the level; null: chosen.</summary>
    public double? Level { get; init => field = value is { } v ? Require.Between(0, 1, v) : null; }

    /// <summary>How much of each error goes into the trend; null: chosen.</summary>
    public double? Trend { get; init => field = value is { } v ? Require.Between(0, 1, v) : null; }

    /// <summary>How much of each error goes into the season; null: chosen.</summary>
    public double? SeasonWeight { get; init => field = value is { } v ? Require.Between(0, 1, v) : null; }

    /// <summary>What is left of the trend from step to step.</summary>
    public double Damping { get; init => field = Require.Between(0, 1, value); } = 0.9;

    public ColumnKind Uses => ColumnKind.Category | ColumnKind.Number;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var known = SeriesValues.Of(train, Series, Step);
        var states = new SmoothedSeries[known.Keys.Count];
        Parallel.For(0, states.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, context.Threads), CancellationToken = context.Cancel },
            series => states[series] = Best(known.Of(series)));
        return new Model(known with { Values = [] }, states, train.Answers.Learned.Values.ToArray().Average());
    }

    public IModel Load(string folder, FitContext context)
    {
        var saved = ModelFile.Read<Saved>(folder, File);
        return new Model(saved.Known, saved.States, saved.Mean);
    }

    SmoothedSeries Best(ReadOnlySpan<float> values)
    {
        var season = Season is { } m && values.Length >= 2 * m ? m : 0;
        SmoothedSeries? best = null;
        foreach (var level in Level is { } a ? [a] : (double[])[0.05, 0.1, 0.2, 0.4, 0.7])
            foreach (var trend in Trend is { } b ? [b] : (double[])[0, 0.05, 0.2])
                foreach (var weight in season == 0 ? [0] : SeasonWeight is { } g ? [g] : (double[])[0.1, 0.3, 0.6])
                {
                    var run = SmoothedSeries.Of(values, season, level, trend, weight, Damping);
                    if (best is null || run.Error < best.Error) best = run;
                }
        return best!;
    }

    sealed record Saved(SeriesValues Known, SmoothedSeries[] States, float Mean);

    sealed class Model(SeriesValues known, SmoothedSeries[] states, float mean) : IModel
    {
        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows)
        {
            var (series, steps) = (known.Find(rows), known.StepsOf(rows));
            var said = new float[rows.Rows];
            for (var row = 0; row < said.Length; row++)
                said[row] = series[row] < 0 ? mean : (float)states[series[row]].Ahead(Math.Max(1, steps[row] - known.Length + 1));
            return new(OutputKind.Values, new(said, 1));
        }

        public void Save(string folder) =>
            ModelFile.Write(folder, File, new Saved(known, states, mean));

        public void Dispose() { }
    }
}
