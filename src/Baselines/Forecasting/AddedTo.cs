using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Forecasting;

/// <summary>A learner of what is to be added to a column: to the same week a year ago, say. The rest is small, alike over years, and easier to learn.</summary>
/// <remarks>Where the first column is missing the next is taken; where all are, the mean of the training answers.</remarks>
public sealed record AddedTo : ILearner
{
    const string File = "added-to.json", Inside = "learner";

    public string Name { get; init; } = "AddedTo";

    /// <summary>Number columns in the unit of the target; the first that is not missing counts.</summary>
    public required NameList Columns { get; init; }

    /// <summary>Learns the rest from all columns.</summary>
    public required ILearner Learner { get; init; }

    public ColumnKind Uses => Learner.Uses | ColumnKind.Number;

    public bool StopsEarly => Learner.StopsEarly;

    public bool Learns(TaskKind task) => task is TaskKind.Regression && Learner.Learns(task);

    ILearner? ILearner.Quick => Learner.Quick is { } quick ? this with { Learner = quick } : null;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        if (train.Answers.Learned.Columns != 1) throw new InputException($"Something is added to one number, but the target has {train.Answers.Learned.Columns} columns.");
        var otherwise = train.Answers.Learned.Values.ToArray().Average();
        // The metric would be asked of the rest, where it means something else (a relative error, say).
        var inner = Learner.Fit(Rest(train, otherwise), validation is null ? null : Rest(validation, otherwise), context with { Metric = null });
        return new Model(Columns, otherwise, inner);
    }

    public IModel Load(string folder, FitContext context)
    {
        var saved = JsonSerializer.Deserialize<Saved>(System.IO.File.ReadAllText(Path.Combine(folder, File)), EncoderJson.Options)!;
        return new Model(saved.Columns, saved.Otherwise, Learner.Load(Path.Combine(folder, Inside), context));
    }

    Dataset Rest(Dataset rows, float otherwise)
    {
        var (start, answers) = (Start(rows, Columns, otherwise), rows.Answers.Learned.Values);
        var rest = new float[start.Length];
        for (var row = 0; row < rest.Length; row++) rest[row] = answers.Span[row] - start[row];
        return rows.WithTarget(new(Target.Number(rows.Answers.Target.Columns[0]), new(rest, 1)));
    }

    static float[] Start(Dataset rows, NameList columns, float otherwise)
    {
        var start = new float[rows.Rows];
        Array.Fill(start, float.NaN);
        foreach (var name in columns)
        {
            var values = (rows[name] as NumberColumn ?? throw new InputException($"Column '{name}' holds no numbers, so nothing can be added to it.")).Values.Span;
            for (var row = 0; row < start.Length; row++)
                if (float.IsNaN(start[row])) start[row] = values[row];
        }
        for (var row = 0; row < start.Length; row++)
            if (float.IsNaN(start[row])) start[row] = otherwise;
        return start;
    }

    sealed record Saved(NameList Columns, float Otherwise);

    sealed class Model(NameList columns, float otherwise, IModel inner) : IModel
    {
        public FitRecord Record => inner.Record;

        public Predictions Predict(Dataset rows)
        {
            var said = Start(rows, columns, otherwise);
            var rest = inner.Predict(rows).Values.Values.Span;
            for (var row = 0; row < said.Length; row++) said[row] += rest[row];
            return new(OutputKind.Values, new(said, 1));
        }

        public void Save(string folder)
        {
            System.IO.File.WriteAllText(Path.Combine(folder, File), JsonSerializer.Serialize(new Saved(columns, otherwise), EncoderJson.Options));
            inner.Save(Directory.CreateDirectory(Path.Combine(folder, Inside)).FullName);
        }

        public void Dispose() => inner.Dispose();
    }
}
