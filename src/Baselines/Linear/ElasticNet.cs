using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Linear;

/// <summary>Linear regression that leaves out the features it can do without; inner folds say how many.</summary>
/// <remarks>
/// Minimises Σ w (y − a − x·b)² / 2Σw + alpha·(share·|b|₁ + (1 − share)·|b|²/2), each target by itself, by coordinate descent over sums of products
/// (J. Friedman, T. Hastie, R. Tibshirani 2010). Quantiles are the value plus the quantiles of the inner folds' errors.
/// </remarks>
public sealed record ElasticNet : ILearner
{
    public string Name { get; init; } = "ElasticNet";

    /// <summary>How much of the penalty is on the absolute weights: 1 is the lasso.</summary>
    public double L1Share { get; init => field = Require.Between(0.01, 1, value); } = 0.5;

    /// <summary>The penalty; null: the one of a hundred, down to a thousandth of the least that leaves nothing, with the least error on five inner folds.</summary>
    public double? Alpha { get; init => field = value is { } alpha ? Require.Positive(alpha) : null; }

    public DenseFeatures Features { get; init; } = new() { Scaling = Scaling.Robust };

    public ColumnKind Uses => ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Ordinal or TaskKind.Quantile;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context.Seed);
        context.Cancel.ThrowIfCancellationRequested();
        var descent = new CoordinateDescent(x.Values, train.Answers.Learned, train.Weights ?? default, InnerFolds.Assign(train, 5, context.Seed), L1Share, context.Cancel);
        var fits = Enumerable.Range(0, train.Answers.Learned.Columns).Select(k => descent.Solve(k, Alpha)).ToArray();
        return LinearModel.OfNumbers(features, train.Answers, fits);
    }

    public IModel Load(string folder, FitContext context) => LinearModel.Load(folder);
}
