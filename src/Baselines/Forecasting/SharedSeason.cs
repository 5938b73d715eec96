using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Forecasting;

/// <summary>What was a season ago, cleaned of what one series alone did then, and raised by how much the series grew since.</summary>
/// <remarks>
/// Series of a group (one department in all stores) move alike: the few strongest movements of the group are kept of each, by a singular value decomposition over series and steps.
/// It is what the winner of Kaggle's Walmart store sales did before each of his models (D. Thompson 2014). Series never met are answered by the mean of all.
/// </remarks>
public sealed record SharedSeason : ILearner
{
    const string File = "shared-season.json";

    public string Name { get; init; } = "SharedSeason";

    /// <summary>The columns that name a series together.</summary>
    public required NameList Series { get; init; }

    /// <summary>Those of <see cref="Series"/> that name a group; none: all series are one group.</summary>
    public NameList Within { get; init; } = [];

    /// <summary>From one value of a series to the next.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Steps of a season.</summary>
    public required int Season { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many movements of a group are kept.</summary>
    public int Rank { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>Growth is that of so many last steps over the same a season earlier.</summary>
    public int Recent { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>Columns of the calendar that are known ahead: a season ago is the nearest step with the same values, at most a tenth of a season aside.</summary>
    public NameList Alike { get; init; } = [];

    public ColumnKind Uses => ColumnKind.Category | ColumnKind.Number;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        if (Within.FirstOrDefault(name => !Series.Contains(name)) is { } stranger)
            throw new InputException($"A group is named by '{stranger}', which does not name the series ({Series}); take it out of Within, or add it to Series.");
        var known = SeriesValues.Of(train, Series, Step);
        var marks = Alike.Count == 0 ? null : SeriesMarks.Of(train, known, Alike);
        return new Model(this, known with { Values = Cleaned(known, context.Cancel) }, marks, train.Answers.Learned.Values.ToArray().Average());
    }

    public IModel Load(string folder, FitContext context)
    {
        var saved = ModelFile.Read<Saved>(folder, File);
        return new Model(this, saved.Clean, saved.Marks, saved.Mean);
    }

    float[] Cleaned(SeriesValues known, CancellationToken cancel)
    {
        var clean = new float[known.Values.Length];
        int[] of = [.. Within.Select(name => Series.ToList().IndexOf(name))];
        var groups = Enumerable.Range(0, known.Keys.Count).GroupBy(one => known.Keys[one].Split('\u001f') is var parts ? string.Join('\u001f', of.Select(i => parts[i])) : "");
        foreach (var group in groups)
        {
            cancel.ThrowIfCancellationRequested();
            int[] members = [.. group];
            var low = LowRank.Of([.. members.Select(one => known.Of(one).ToArray())], Rank);
            for (var i = 0; i < members.Length; i++) low[i].CopyTo(clean, members[i] * known.Length);
        }
        return clean;
    }

    sealed record Saved(SeriesValues Clean, SeriesMarks? Marks, float Mean);

    sealed class Model(SharedSeason settings, SeriesValues clean, SeriesMarks? marks, float mean) : IModel
    {
        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows)
        {
            var (series, steps, mark) = (clean.Find(rows), clean.StepsOf(rows), marks?.Find(rows));
            var said = new float[rows.Rows];
            for (var row = 0; row < said.Length; row++) said[row] = series[row] < 0 ? mean : Of(series[row], steps[row], mark?[row]);
            return new(OutputKind.Values, new(said, 1));
        }

        float Of(int one, int step, int? mark)
        {
            var values = clean.Of(one);
            var origin = Math.Min(step, clean.Length) - 1;
            var back = step - settings.Season;
            while (back > origin) back -= settings.Season;
            if (marks is not null && mark is { } code && marks.Nearest(marks.Codes.AsSpan(one * clean.Length, clean.Length), code, back, Math.Max(1, settings.Season / 10), origin) is >= 0 and var alike) back = alike;
            if (back < 0) return origin < 0 ? mean : Mean(values, origin);
            var (now, then) = (Mean(values, origin), Mean(values, origin - settings.Season));
            return values[back] * (now > 0 && then > 0 ? Math.Clamp(now / then, 0.5f, 2) : 1);
        }

        float Mean(ReadOnlySpan<float> values, int origin)
        {
            var (from, sum) = (Math.Max(0, origin - settings.Recent + 1), 0f);
            for (var step = from; step <= origin; step++) sum += values[step];
            return origin < from ? float.NaN : sum / (origin - from + 1);
        }

        public void Save(string folder) =>
            ModelFile.Write(folder, File, new Saved(clean, marks, mean));

        public void Dispose() { }
    }
}
