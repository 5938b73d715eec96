using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Trees;

/// <summary>Extremely randomised trees: all rows, and for each drawn column one threshold (or one set of levels) drawn at random; the best of those splits.</summary>
/// <remarks>
/// Smoother than a <see cref="RandomForest"/>, and errs elsewhere: a good second opinion in a blend.
/// P. Geurts, D. Ernst, L. Wehenkel, "Extremely Randomized Trees", Machine Learning 63, 2006.
/// </remarks>
public sealed record ExtraTrees : ILearner
{
    public string Name { get; init; } = "ExtraTrees";

    public int Trees { get; init => field = Require.AtLeast(1, value); } = 300;

    /// <summary>The share of columns drawn for each split; null: the square root of their number for classes, all for numbers.</summary>
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
        var columns = ForestSettings.Columns(train, ColumnFraction, ofNumbers: 1);
        return ForestModel.Grow(new(Trees, columns, ForestSettings.LeafRows(train, MinRowsInLeaf), MaxDepth, Bootstrap: false, RandomThresholds: true), train, context);
    }

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context) => ForestModel.Load(folder, context.Threads);
}
