using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Linear;

/// <summary>The <see cref="ElasticNet"/> whose whole penalty is on the absolute weights: it keeps the fewest features.</summary>
public sealed record Lasso : ILearner
{
    public string Name { get; init; } = "Lasso";

    /// <inheritdoc cref="ElasticNet.Alpha"/>
    public double? Alpha { get; init => field = value is { } alpha ? Require.Positive(alpha) : null; }

    public DenseFeatures Features { get; init; } = new() { Scaling = Scaling.Robust };

    public ColumnKind Uses => Net.Uses;

    public bool StopsEarly => false;

    ElasticNet Net => new() { L1Share = 1, Alpha = Alpha, Features = Features };

    public bool Learns(TaskKind task) => Net.Learns(task);

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) => Net.Fit(train, validation, context);

    public IModel Load(string folder, FitContext context) => Net.Load(folder, context);
}
