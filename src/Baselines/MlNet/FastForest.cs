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
        return (ml.Regression.Trainers.FastForest(options.Sharing(Trees, Leaves, MinRowsInLeaf, train.Rows, context)), false);
    });

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context) => MlNetModel.Load(folder, context);
}
