using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Trees;

/// <summary>Trees grown apart on rows drawn with replacement, each split the best among a few columns; the forest is their mean.</summary>
/// <remarks>
/// Classes are told apart by Gini, numbers by squared error; categories are split by sets of levels, missing values go where they gain most.
/// Probabilities are mean frequencies in leaves: honest without calibration. L. Breiman, "Random Forests", Machine Learning 45, 2001.
/// </remarks>
public sealed record RandomForest : ILearner
{
    public string Name { get; init; } = "RandomForest";

    public int Trees { get; init => field = Require.AtLeast(1, value); } = 300;

    /// <summary>The share of columns drawn for each split; null: the square root of their number for classes, half for numbers.</summary>
    public double? ColumnFraction { get; init => field = value is { } share ? Require.Between(0.01, 1, share) : null; }

    /// <summary>The fewest rows in a leaf; null: 5 for classes, 1 for numbers (quantiles: 5).</summary>
    public int? MinRowsInLeaf { get; init => field = value is { } rows ? Require.AtLeast(1, rows) : null; }

    /// <summary>0: as deep as the rows allow.</summary>
    public int MaxDepth { get; init => field = Require.AtLeast(0, value); }

    public ColumnKind Uses => TreeColumns.Kinds;

    public bool Learns(TaskKind task) => true;

    public bool StopsEarly => false;

    /// <inheritdoc/>
    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var columns = ForestSettings.Columns(train, ColumnFraction, ofNumbers: 0.5);
        return ForestModel.Grow(new(Trees, columns, ForestSettings.LeafRows(train, MinRowsInLeaf), MaxDepth, Bootstrap: true, RandomThresholds: false), train, context);
    }

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context) => ForestModel.Load(folder, context.Threads);
}
