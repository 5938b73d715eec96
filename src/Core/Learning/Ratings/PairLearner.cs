using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>What learners of who likes what have in common: whose columns they look at, and that nothing stops them early.</summary>
public abstract record PairLearner : IRatesPairs
{
    protected PairLearner() => Name = GetType().Name;

    public string Name { get; init; }

    /// <summary>The column of users.</summary>
    public string User { get; init; } = "user";

    /// <summary>The column of items.</summary>
    public string Item { get; init; } = "item";

    public virtual ColumnKind Uses => ColumnKind.Category;

    public bool StopsEarly => false;

    ILearner? ILearner.Quick => Quick;

    /// <summary>Ratings; a learner for which a row is an event, whatever its rating, takes a yes as well.</summary>
    public virtual bool Learns(TaskKind task) => task is TaskKind.Regression;

    public abstract IModel Fit(Dataset train, Dataset? validation, FitContext context);

    public abstract IModel Load(string folder, FitContext context);

    /// <inheritdoc cref="ILearner.Quick"/>
    protected virtual PairLearner? Quick => this;

    /// <returns>The columns that may describe users or items, by name.</returns>
    protected Column[] Beside(Dataset train) =>
        [.. train.Columns.Where(c => c.Kind is ColumnKind.Number or ColumnKind.Category && c.Name != User && c.Name != Item).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => train[c.Name])];
}
