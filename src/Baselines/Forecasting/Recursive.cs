using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Forecasting;

/// <summary>A learner of one step ahead that goes on from its own answers: recursive forecasting over a horizon.</summary>
/// <remarks>
/// Its columns know the step before, which a forecast over a horizon by one model (<see cref="SeriesHistory"/> among the encoders) does not; its errors add up on the way.
/// Bontempi, Ben Taieb, Le Borgne 2013, Machine Learning Strategies for Time Series Forecasting, section 3.1. Rows to come are to be asked together: a step that
/// none of them asks for stays a gap.
/// </remarks>
public sealed record Recursive : ILearner
{
    const string File = "recursive.json", Inside = "learner";

    public string Name { get; init; } = "Recursive";

    /// <summary>The columns that name a series together; none: all rows are one.</summary>
    public required NameList Series { get; init; }

    /// <summary>From one value of a series to the next.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Steps before the row whose values are columns.</summary>
    public ImmutableArray<int> Lags { get; init; } = [1, 2, 3];

    /// <summary>Means over so many steps before the row.</summary>
    public ImmutableArray<int> Windows { get; init; } = [4, 13];

    /// <summary>Steps of a season; null: there is none.</summary>
    public int? Season { get; init => field = value is { } s ? Require.AtLeast(1, s) : null; }

    /// <summary>Learns the next step from all columns and the series' own past.</summary>
    public required ILearner Learner { get; init; }

    public ColumnKind Uses => Learner.Uses | ColumnKind.Category | ColumnKind.Number;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression && Learner.Learns(task);

    ILearner? ILearner.Quick => Learner.Quick is { } quick ? this with { Learner = quick } : null;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (fitted, encoded) = History().Fit(train, context.Seed);
        return new Model((FittedSeriesHistory)fitted, Learner.Fit(encoded, null, context));
    }

    public IModel Load(string folder, FitContext context)
    {
        var known = ModelFile.Read<SeriesValues>(folder, File);
        return new Model(new(History(), known), Learner.Load(Path.Combine(folder, Inside), context));
    }

    SeriesHistory History() => new() { Series = Series, Step = Step, Horizon = 1, Season = Season, Lags = Lags, Windows = Windows };

    sealed class Model(FittedSeriesHistory history, IModel inner) : IModel
    {
        public FitRecord Record => inner.Record;

        public Predictions Predict(Dataset rows)
        {
            var (known, steps, series) = (history.Known, history.Known.StepsOf(rows), history.Known.Find(rows));
            var said = new float[rows.Rows];
            int[] past = [.. Enumerable.Range(0, rows.Rows).Where(row => steps[row] < known.Length)];
            Say(known, past);
            foreach (var asked in Enumerable.Range(0, rows.Rows).Where(row => steps[row] >= known.Length).GroupBy(row => steps[row]).OrderBy(g => g.Key))
            {
                known = Until(known, asked.Key);
                int[] now = [.. asked];
                Say(known, now);
                known = With(known, now);
            }
            return new(OutputKind.Values, new(said, 1));

            void Say(SeriesValues until, int[] which)
            {
                if (which.Length == 0) return;
                var values = inner.Predict((history with { Known = until }).Transform(rows.Take(which))).Values;
                for (var i = 0; i < which.Length; i++) said[which[i]] = values[i, 0];
            }

            SeriesValues With(SeriesValues until, int[] now)
            {
                var longer = Until(until, until.Length + 1);
                foreach (var one in now.Where(row => series[row] >= 0).GroupBy(row => series[row])) longer.Values[one.Key * longer.Length + until.Length] = one.Average(row => said[row]);
                return longer;
            }
        }

        /// <returns>The same values with gaps up to a length.</returns>
        static SeriesValues Until(SeriesValues known, int length)
        {
            if (length == known.Length) return known;
            var values = new float[known.Keys.Count * length];
            Array.Fill(values, float.NaN);
            for (var one = 0; one < known.Keys.Count; one++) known.Of(one).CopyTo(values.AsSpan(one * length));
            return known with { Length = length, Values = values };
        }

        public void Save(string folder)
        {
            ModelFile.Write(folder, File, history.Known);
            inner.Save(Directory.CreateDirectory(Path.Combine(folder, Inside)).FullName);
        }

        public void Dispose() => inner.Dispose();
    }
}
