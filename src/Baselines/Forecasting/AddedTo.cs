using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Forecasting;

/// <summary>A learner of what is to be added to a column, to the same week a year ago, say; in parts of a level, where one is named.</summary>
/// <remarks>
/// answer = column + level · what is learned. The rest is small, alike over years, and easier to learn; in parts of a level large series and small ones
/// tell of each other (mean scaling: Salinas et al. 2017, DeepAR, arXiv 1704.04110, section 3.3). Rows then count by their level, so that errors are lowered in the unit of the answers.
/// </remarks>
public sealed record AddedTo : ILearner
{
    const string File = "added-to.json", Inside = "learner";

    public string Name { get; init; } = "AddedTo";

    /// <summary>Number columns in the unit of the target; the first that is not missing counts, and where all are, the mean of the training answers. None: 0.</summary>
    public required NameList Columns { get; init; }

    /// <summary>Number columns in the unit of the target: the first that is not missing is the level. None: the level is 1.</summary>
    public NameList Per { get; init; } = [];

    /// <summary>Number columns that are learned from in parts of the level too.</summary>
    public NameList Divided { get; init; } = [];

    /// <summary>What errors are lowered: their absolute values (1) or their squares (2).</summary>
    public int Power { get; init => field = Require.AtLeast(1, value); } = 1;

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
        var start = new RowStart(Columns, Per, Divided, Power, RowStart.Otherwise(train));
        // The metric would be asked of the rest, where it means something else (a relative error, say).
        var inner = Learner.Fit(start.Rest(train), validation is null ? null : start.Rest(validation), context with { Metric = null });
        return new Model(start, inner);
    }

    public IModel Load(string folder, FitContext context)
    {
        var start = ModelFile.Read<RowStart>(folder, File);
        return new Model(start, Learner.Load(Path.Combine(folder, Inside), context));
    }

    sealed class Model(RowStart start, IModel inner) : IModel
    {
        public FitRecord Record => inner.Record;

        public Predictions Predict(Dataset rows)
        {
            var (from, level) = (start.From(rows), start.Level(rows));
            var rest = inner.Predict(start.Divide(rows, level)).Values.Values.Span;
            var said = new float[from.Length];
            for (var row = 0; row < said.Length; row++) said[row] = from[row] + level[row] * rest[row];
            return new(OutputKind.Values, new(said, 1));
        }

        public void Save(string folder)
        {
            ModelFile.Write(folder, File, start);
            inner.Save(Directory.CreateDirectory(Path.Combine(folder, Inside)).FullName);
        }

        public void Dispose() => inner.Dispose();
    }
}
