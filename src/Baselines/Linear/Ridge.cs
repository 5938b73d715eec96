using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Linear;

/// <summary>Linear regression with a penalty on the squared weights; how strong, leave-one-out errors decide.</summary>
/// <remarks>
/// Minimises Σ w (y − a − x·b)² + alpha·|b|², each target by itself. The leave-one-out errors are exact and cost one eigendecomposition
/// (G. Golub, M. Heath, G. Wahba 1979; scikit-learn's RidgeCV). Quantiles are the value plus the quantiles of those errors.
/// </remarks>
public sealed record Ridge : ILearner
{
    public string Name { get; init; } = "Ridge";

    /// <summary>The penalty; null: the one of 10⁻² … 10⁵ with the least leave-one-out error.</summary>
    public double? Alpha { get; init => field = value is { } alpha ? Require.Positive(alpha) : null; }

    public DenseFeatures Features { get; init; } = new() { Scaling = Scaling.Robust };

    public ColumnKind Uses => ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Ordinal or TaskKind.Quantile;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var (features, x) = Features.Fit(train, context.Seed);
        context.Cancel.ThrowIfCancellationRequested();
        var solver = new RidgeSolver(x.Values, train.Answers.Learned, train.Weights ?? default);
        var fits = Enumerable.Range(0, train.Answers.Learned.Columns).Select(k => solver.Solve(k, Alpha)).ToArray();
        return LinearModel.OfNumbers(features, train.Answers, fits);
    }

    public IModel Load(string folder, FitContext context) => LinearModel.Load(folder);
}
