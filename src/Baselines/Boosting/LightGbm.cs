using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Boosting;

/// <summary>Gradient-boosted trees grown leaf by leaf on binned columns, by LightGBM's own library.</summary>
/// <remarks>
/// Categories are split natively, missing values and unseen levels need no encoder, dates count as days. The columns are binned once for a run
/// and shared by its folds. Two trainings with one seed are equal to the last bit, whatever the number of threads.
/// Settings are named after what they do; LightGBM's own names stand behind them. The defaults suit tables of a thousand to some ten thousand
/// rows: small leaves' noise is held down by drawing rows and columns, and inner folds find how many trees there should be. docs/benchmarks.md
/// says what that gains.
/// Guolin Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NIPS 2017.
/// </remarks>
public sealed record LightGbm : ILearner
{
    public string Name { get; init; } = "LightGbm";

    /// <summary>The most trees (for each class, of several); all of them are grown where <see cref="Stop"/> is null.</summary>
    public int Rounds { get; init => field = Require.AtLeast(1, value); } = 3000;

    /// <summary>How the number of trees is found; null: all <see cref="Rounds"/> are grown.</summary>
    public EarlyStop? Stop { get; init; } = new(Patience: 100, InnerFolds: 5);

    /// <summary>How much of each tree counts (learning_rate).</summary>
    public double LearningRate { get; init => field = Require.Positive(value); } = 0.05;

    /// <summary>The most leaves of a tree (num_leaves).</summary>
    public int Leaves { get; init => field = Require.AtLeast(2, value); } = 15;

    /// <summary>The deepest a tree may be (max_depth); 0: as its leaves allow.</summary>
    public int MaxDepth { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The fewest rows in a leaf (min_data_in_leaf).</summary>
    public int MinRowsInLeaf { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>The least sum of second derivatives in a leaf (min_sum_hessian_in_leaf).</summary>
    public double MinHessianInLeaf { get; init => field = Require.AtLeast(0, value); } = 1e-3;

    /// <summary>The share of columns drawn for each tree (feature_fraction).</summary>
    public double ColumnFraction { get; init => field = Require.Between(0.01, 1, value); } = 0.6;

    /// <summary>The share of columns drawn for each split (feature_fraction_bynode).</summary>
    public double ColumnFractionOfSplit { get; init => field = Require.Between(0.01, 1, value); } = 1;

    /// <summary>The share of rows drawn (bagging_fraction).</summary>
    public double RowFraction { get; init => field = Require.Between(0.01, 1, value); } = 0.8;

    /// <summary>Trees between two drawings of rows (bagging_freq); counts only with a <see cref="RowFraction"/> below 1.</summary>
    public int RowsDrawnEvery { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>Shrinks leaves by absolute size (lambda_l1).</summary>
    public double L1 { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Shrinks leaves by squared size (lambda_l2).</summary>
    public double L2 { get; init => field = Require.AtLeast(0, value); } = 1;

    /// <summary>The least gain that makes a split (min_gain_to_split).</summary>
    public double MinGain { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Draws a leaf towards its parent; about this many rows count as the parent's (path_smooth).</summary>
    public double PathSmooth { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The most bins of a column (max_bin).</summary>
    public int MaxBin { get; init => field = Require.AtLeast(2, value); } = 255;

    /// <summary>The fewest rows in a bin (min_data_in_bin).</summary>
    public int MinRowsInBin { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>Tries one random threshold of each column instead of the best (extra_trees).</summary>
    public bool ExtraTrees { get; init; }

    /// <summary>A linear model in each leaf (linear_tree); such trees cannot be explained by contributions.</summary>
    public bool LinearTrees { get; init; }

    /// <summary>Drops trees at random while growing (boosting=dart); never stops early.</summary>
    public bool Dart { get; init; }

    /// <summary>Splits categories by sets of levels; otherwise their codes count as numbers.</summary>
    public bool CategoriesNative { get; init; } = true;

    /// <summary>Draws rare levels towards the mean (cat_smooth).</summary>
    public double CategorySmooth { get; init => field = Require.AtLeast(0, value); } = 10;

    /// <summary>Shrinks the leaves under splits of categories (cat_l2).</summary>
    public double CategoryL2 { get; init => field = Require.AtLeast(0, value); } = 10;

    /// <summary>The most levels on the smaller side of a split (max_cat_threshold).</summary>
    public int MaxCategorySplit { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>The fewest rows of a level that may be split off (min_data_per_group).</summary>
    public int MinRowsOfLevel { get; init => field = Require.AtLeast(1, value); } = 20;

    /// <summary>Columns of so few levels are split one level against the rest (max_cat_to_onehot).</summary>
    public int OneHotLevels { get; init => field = Require.AtLeast(1, value); } = 4;

    /// <summary>Number columns with which the prediction may only rise.</summary>
    public ColumnNames Increasing { get; init; } = [];

    /// <summary>Number columns with which the prediction may only fall.</summary>
    public ColumnNames Decreasing { get; init; } = [];

    /// <summary>The loss; null: the task's own.</summary>
    public Objective? Objective { get; init; }

    /// <summary>Rows of rare classes count more, so that all classes count alike.</summary>
    public bool Balanced { get; init; }

    public ColumnKind Uses => TreeColumns.Kinds;

    public bool Learns(TaskKind task) => true;

    public bool Explains => true;

    public bool StopsEarly => Stop is { InnerFolds: 0 } && !Dart;

    /// <inheritdoc/>
    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        LightGbmLibrary.RequireLibrary();
        var columns = TreeColumns.Of(train);
        using var threads = NativeThreads.Enter(context.Threads);
        using var training = new BoosterTraining(this, columns, train, validation, context, threads.Count);
        return training.Run();
    }

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context)
    {
        LightGbmLibrary.RequireLibrary();
        return LightGbmModel.Load(folder, context.Threads);
    }

    internal Binning Binning => new(MaxBin, MinRowsInBin, CategoriesNative, LinearTrees);

    internal BoosterParameters Parameters(TreeColumns columns, int rows, FitContext context, int threads)
    {
        var drawsRows = RowFraction < 1 && (int)(RowFraction * rows) > 0;
        var parameters = new BoosterParameters
        {
            ["num_threads"] = threads,
            ["seed"] = context.Seed,                           // LightGBM draws its other five seeds from it
            ["deterministic"] = true,
            ["force_row_wise"] = true,                         // otherwise it times both ways and may choose differently next time
            ["boosting"] = Dart ? "dart" : "gbdt",
            ["learning_rate"] = LearningRate,
            ["num_leaves"] = Leaves,
            ["max_depth"] = MaxDepth == 0 ? -1 : MaxDepth,
            ["min_data_in_leaf"] = MinRowsInLeaf,
            ["min_sum_hessian_in_leaf"] = MinHessianInLeaf,
            ["feature_fraction"] = ColumnFraction,
            ["feature_fraction_bynode"] = ColumnFractionOfSplit,
            ["bagging_fraction"] = drawsRows ? RowFraction : 1,
            ["bagging_freq"] = drawsRows ? RowsDrawnEvery : 0,
            ["lambda_l1"] = L1,
            ["lambda_l2"] = L2,
            ["min_gain_to_split"] = MinGain,
            ["path_smooth"] = PathSmooth,
            ["max_bin"] = MaxBin,
            ["extra_trees"] = ExtraTrees,
            ["linear_tree"] = LinearTrees,
            ["cat_smooth"] = CategorySmooth,
            ["cat_l2"] = CategoryL2,
            ["max_cat_threshold"] = MaxCategorySplit,
            ["min_data_per_group"] = MinRowsOfLevel,
            ["max_cat_to_onehot"] = OneHotLevels,
        };
        if (Increasing.Count + Decreasing.Count > 0) parameters["monotone_constraints"] = string.Join(',', Directions(columns));
        return parameters;
    }

    /// <returns>For each column 1, −1 or 0.</returns>
    IEnumerable<int> Directions(TreeColumns columns)
    {
        foreach (var name in Increasing.Concat(Decreasing))
            if (columns.Columns.FirstOrDefault(c => c.Name == name) is not { } column)
                throw new InputException(
                    $"{Name} is to be monotone in '{name}', but there is no such column; the columns are {string.Join(", ", columns.Columns.Select(c => c.Name))}.");
            else if (column.Kind == ColumnKind.Category && CategoriesNative)
                throw new InputException($"{Name} cannot be monotone in '{name}': it is a category. Make it a number column.");
        return columns.Columns.Select(c => Increasing.Contains(c.Name) ? 1 : Decreasing.Contains(c.Name) ? -1 : 0);
    }
}
