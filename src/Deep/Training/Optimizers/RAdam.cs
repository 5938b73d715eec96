using Kaggle.Deep.Training.Optimizers.Elementwise;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Adam whose first steps are rectified, so that it needs no warm-up; decay is decoupled.</summary>
/// <remarks>Liu and others, arXiv 1908.03265; rectified once ρ is above 5, as fastai and PyTorch do.</remarks>
public sealed record RAdam : ElementwiseAdam
{
    public RAdam() : base("radam", StateStart.HostCount) { }

    private protected override AdamRule Rule(AdamPace pace, double t)
    {
        var rule = pace.Corrected(t) with { Kept = (float)pace.Kept };
        var (power, most) = (Math.Pow(Beta2, t), (2 / (1 - Beta2)) - 1);
        var length = most - (2 * t * power / (1 - power));                  // ρ
        return length > 5
            ? rule with { Step = rule.Step * (float)Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length)) }
            : rule with { PerRoot = 0, Epsilon = 1 };                       // not divided at all
    }
}
