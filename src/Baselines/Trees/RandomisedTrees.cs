using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Trees;

/// <summary>What forests have in common: trees grown apart, each split the best among a few drawn columns, the forest their mean.</summary>
/// <remarks>
/// Classes are told apart by Gini, numbers by squared error; categories are split by sets of levels, missing values go where they gain most.
/// Probabilities are mean frequencies in leaves: honest without calibration.
/// </remarks>
public abstract record RandomisedTrees : ILearner
{
    public abstract string Name { get; init; }

    public int Trees { get; init => field = Require.AtLeast(1, value); } = 300;

    /// <summary>The share of columns drawn for each split; null: the square root of their number for classes, for numbers as the kind of forest has it.</summary>
    public double? ColumnFraction { get; init => field = value is { } share ? Require.Between(0.01, 1, share) : null; }

    /// <summary>The fewest rows in a leaf; null: 5 for classes, 1 for numbers (quantiles: 5).</summary>
    public int? MinRowsInLeaf { get; init => field = value is { } rows ? Require.AtLeast(1, rows) : null; }

    /// <summary>0: as deep as the rows allow.</summary>
    public int MaxDepth { get; init => field = Require.AtLeast(0, value); }

    public ColumnKind Uses => TreeColumns.Kinds;

    public bool Learns(TaskKind task) => true;

    public bool StopsEarly => false;

    /// <inheritdoc/>
    public IModel Fit(Dataset train, Dataset? validation, FitContext context) => ForestModel.Grow(Settings(train), train, context);

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context) => ForestModel.Load(folder, context.Threads);

    private protected abstract ForestSettings Settings(Dataset train);

    private protected ForestSettings Settings(Dataset train, double columnsOfNumbers, bool bootstrap, bool randomThresholds) => new(
        Trees, ForestSettings.Columns(train, ColumnFraction, columnsOfNumbers), ForestSettings.LeafRows(train, MinRowsInLeaf), MaxDepth, bootstrap, randomThresholds);
}
