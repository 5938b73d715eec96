using Kaggle.Core.Data;

namespace Kaggle.Baselines.Boosting;

/// <summary>The loss that the trees reduce, where the task's own is not wanted.</summary>
/// <param name="Name">LightGBM's name of it.</param>
/// <param name="Parameter">Its one number, by LightGBM's name; null: none.</param>
/// <param name="Value">That number.</param>
public sealed record Objective(string Name, string? Parameter = null, double? Value = null)
{
    /// <summary>Absolute error: predicts medians.</summary>
    public static Objective Mae { get; } = new("regression_l1");

    /// <summary>Squared error: predicts means.</summary>
    public static Objective Mse { get; } = new("regression");

    /// <summary>Relative absolute error; answers near 0 count most.</summary>
    public static Objective Mape { get; } = new("mape");

    /// <summary>Counts; no answer may be below 0.</summary>
    public static Objective Poisson { get; } = new("poisson");

    /// <summary>Positive, skewed amounts.</summary>
    public static Objective Gamma { get; } = new("gamma");

    /// <summary>Labels between 0 and 1.</summary>
    public static Objective CrossEntropy { get; } = new("cross_entropy");

    /// <summary>Multiclass as one against the rest.</summary>
    public static Objective OneVersusRest { get; } = new("multiclassova");

    /// <summary>Squared near the answer, absolute beyond delta.</summary>
    /// <param name="delta">In the learned unit of the target.</param>
    public static Objective Huber(double delta = 0.9) => new("huber", "alpha", Require.Positive(delta));

    /// <summary>A smooth relative of Huber's loss.</summary>
    public static Objective Fair(double c = 1) => new("fair", "fair_c", Require.Positive(c));

    /// <summary>Amounts of which many are exactly 0 (claims, sales).</summary>
    /// <param name="power">1 is Poisson, 2 is gamma.</param>
    public static Objective Tweedie(double power = 1.5) => new("tweedie", "tweedie_variance_power", Require.Between(1, 1.999, power));

    /// <summary>One quantile; a target of several needs no objective.</summary>
    public static Objective Quantile(double level) => new("quantile", "alpha", Require.Between(0, 1, level));
}
