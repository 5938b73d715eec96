using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Kaggle.Baselines.MlNet;

/// <summary>ML.NET's random forest.</summary>
/// <remarks>
/// Its classifier gives scores and no probabilities; grown as a regression on 0 and 1 the forest says frequencies, which need no calibration.
/// <see cref="RandomForest"/> is the better forest: it splits categories and missing values natively and tells quantiles.
/// </remarks>
public sealed record FastForest : ILearner
{
    public string Name { get; init; } = "FastForest";

    public int Trees { get; init => field = Require.AtLeast(1, value); } = 300;

    public int Leaves { get; init => field = Require.AtLeast(2, value); } = 128;

    public int MinRowsInLeaf { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>The share of features drawn for each split.</summary>
    public double ColumnFraction { get; init => field = Require.Between(0.01, 1, value); } = 0.4;

    public ColumnKind Uses => TreeColumns.Kinds;

    public bool Learns(TaskKind task) => task != TaskKind.Quantile;

    public bool StopsEarly => false;

    /// <inheritdoc/>
    public IModel Fit(Dataset train, Dataset? validation, FitContext context) => MlNetModel.Fit(train, context, (ml, _) =>
    {
        var options = new FastForestRegressionTrainer.Options { FeatureFractionPerSplit = ColumnFraction };
        SetShared(options, Trees, Leaves, MinRowsInLeaf, train.Rows, context);
        return (ml.Regression.Trainers.FastForest(options), false);
    });

    internal static void SetShared(TreeOptions options, int trees, int leaves, int minRowsInLeaf, int rows, FitContext context)
    {
        options.FeatureColumnName = TableView.Features;
        options.LabelColumnName = TableView.Label;
        options.ExampleWeightColumnName = TableView.Weight;
        options.NumberOfTrees = trees;
        options.NumberOfLeaves = leaves;
        options.MinimumExampleCountPerLeaf = Math.Clamp(rows / 2, 1, minRowsInLeaf);
        options.NumberOfThreads = Math.Max(1, context.Threads);
        options.Seed = context.Seed;
        options.FeatureSelectionSeed = context.Seed;
    }

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context) => MlNetModel.Load(folder, context);
}
