using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Kaggle.Baselines.MlNet;

/// <summary>ML.NET's gradient-boosted trees (MART).</summary>
/// <remarks>
/// Classes are told one from the others and scaled to sum to 1. J. H. Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", 2001.
/// </remarks>
public sealed record FastTree : ILearner
{
    public string Name { get; init; } = "FastTree";

    public int Trees { get; init => field = Require.AtLeast(1, value); } = 200;

    public int Leaves { get; init => field = Require.AtLeast(2, value); } = 20;

    public double LearningRate { get; init => field = Require.Positive(value); } = 0.05;

    public int MinRowsInLeaf { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>The share of features drawn for each tree.</summary>
    public double ColumnFraction { get; init => field = Require.Between(0.01, 1, value); } = 0.7;

    public ColumnKind Uses => TreeColumns.Kinds;

    public bool Learns(TaskKind task) => task != TaskKind.Quantile;

    public bool StopsEarly => false;

    /// <inheritdoc/>
    public IModel Fit(Dataset train, Dataset? validation, FitContext context) => MlNetModel.Fit(train, context, (ml, chance) => chance
        ? (ml.BinaryClassification.Trainers.FastTree(Set(new FastTreeBinaryTrainer.Options(), train.Rows, context)), true)
        : (ml.Regression.Trainers.FastTree(Set(new FastTreeRegressionTrainer.Options(), train.Rows, context)), false));

    T Set<T>(T options, int rows, FitContext context) where T : BoostedTreeOptions
    {
        options.LearningRate = LearningRate;
        options.FeatureFraction = ColumnFraction;
        return options.Sharing(Trees, Leaves, MinRowsInLeaf, rows, context);
    }

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context) => MlNetModel.Load(folder, context);
}
