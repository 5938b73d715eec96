using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Columns;

/// <summary>A learner that is not shown some of the columns: it errs unlike the others, and where those columns only add noise, less.</summary>
/// <param name="Learner">What learns from all other columns.</param>
public sealed record WithoutColumns(ILearner Learner) : ILearner
{
    public string Name { get; init; } = Learner.Name;

    /// <summary>The columns kept from it; a name that the rows lack is no error.</summary>
    public required NameList Columns { get; init; }

    public ColumnKind Uses => Learner.Uses;

    public bool StopsEarly => Learner.StopsEarly;

    ILearner? ILearner.Quick => Learner.Quick is { } quick ? this with { Learner = quick } : null;

    public bool Learns(TaskKind task) => Learner.Learns(task);

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
        new Model(this, Learner.Fit(Seen(train), validation is null ? null : Seen(validation), context));

    public IModel Load(string folder, FitContext context) => new Model(this, Learner.Load(folder, context));

    Dataset Seen(Dataset rows)
    {
        var kept = rows.Columns.Where(column => !Columns.Contains(column.Name)).ToList();
        if (kept.Count == 0) throw new InputException($"{Name} is shown no column: {string.Join(", ", Columns)} are all there are.");
        return kept.Count == rows.Columns.Length ? rows : rows.WithColumns([.. kept.Select(column => rows[column.Name])]);
    }

    sealed class Model(WithoutColumns learner, IModel inner) : IModel
    {
        public FitRecord Record => inner.Record;

        public Predictions Predict(Dataset rows) => inner.Predict(learner.Seen(rows));

        public void Save(string folder) => inner.Save(folder);

        public void Dispose() => inner.Dispose();
    }
}
