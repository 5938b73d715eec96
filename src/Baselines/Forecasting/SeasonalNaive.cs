using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Forecasting;

/// <summary>Says what was a season ago, or the mean of the last steps: what a forecast must beat.</summary>
/// <remarks>
/// Where that value is missing, the nearest that is known of the series a step or two aside counts, then the series' last steps, then the mean of all.
/// Rows before the end of training are answered as if asked from the step before them.
/// </remarks>
public sealed record SeasonalNaive : ILearner
{
    const string File = "series.json";

    public string Name { get; init; } = "SeasonalNaive";

    /// <summary>The columns that name a series together; none: all rows are one.</summary>
    public required NameList Series { get; init; }

    /// <summary>From one value of a series to the next.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Steps of a season; null: the mean of the <see cref="Recent"/> last steps is said.</summary>
    public int? Season { get; init => field = value is { } s ? Require.AtLeast(1, s) : null; }

    /// <summary>How many last steps a mean is taken of.</summary>
    public int Recent { get; init => field = Require.AtLeast(1, value); } = 8;

    public ColumnKind Uses => ColumnKind.Category | ColumnKind.Number;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        return new Model(this, SeriesValues.Of(train, Series, Step), train.Answers.Learned.Values.ToArray().Average());
    }

    public IModel Load(string folder, FitContext context)
    {
        var saved = ModelFile.Read<Saved>(folder, File);
        return new Model(this, saved.Known, saved.Mean);
    }

    sealed record Saved(SeriesValues Known, float Mean);

    sealed class Model(SeasonalNaive settings, SeriesValues known, float mean) : IModel
    {
        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows)
        {
            var (series, steps) = (known.Find(rows), known.StepsOf(rows));
            var said = new float[rows.Rows];
            for (var row = 0; row < said.Length; row++) said[row] = series[row] < 0 ? mean : Of(known.Of(series[row]), steps[row]);
            return new(OutputKind.Values, new(said, 1));
        }

        float Of(ReadOnlySpan<float> values, int step)
        {
            var origin = Math.Min(step, values.Length) - 1;
            if (settings.Season is { } season)
            {
                var back = step;
                while (back > origin) back -= season;         // two seasons ahead, it is the season before the last
                if (back == step) back -= season;
                foreach (var aside in (ReadOnlySpan<int>)[0, 1, -1, 2, -2])
                    if (back + aside >= 0 && back + aside <= origin && !float.IsNaN(values[back + aside])) return values[back + aside];
            }
            var (sum, count) = (0.0, 0);
            for (var at = origin; at >= 0 && count < settings.Recent; at--)
            {
                if (float.IsNaN(values[at])) continue;
                sum += values[at];
                count++;
            }
            return count == 0 ? mean : (float)(sum / count);
        }

        public void Save(string folder) =>
            ModelFile.Write(folder, File, new Saved(known, mean));

        public void Dispose() { }
    }
}
