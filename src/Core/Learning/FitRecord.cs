namespace Kaggle.Core.Learning;

/// <summary>What a training left to tell.</summary>
public sealed record FitRecord
{
    public static readonly FitRecord Nothing = new();

    /// <summary>Trees or epochs kept; null for learners that have no such count.</summary>
    public int? Iterations { get; init; }

    /// <summary>Learning curves: "train rmse", "validation auc", "learning rate", one value for each iteration.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>How much each column was used, on the learner's own scale (gain, |coefficient|); empty when it cannot say.</summary>
    public IReadOnlyDictionary<string, double> Importance { get; init; } = new Dictionary<string, double>();
}

public sealed record Curve(string Name, IReadOnlyList<double> Values);
