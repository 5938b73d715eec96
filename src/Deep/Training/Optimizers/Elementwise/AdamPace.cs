namespace Kaggle.Deep.Training.Optimizers.Elementwise;

/// <summary>The settings of <see cref="AdamFamily"/> as they are at one step of one group.</summary>
readonly record struct AdamPace(double Rate, double Beta1, double Beta2, double Epsilon, double Decay)
{
    /// <summary>What decoupled decay leaves of the parameters.</summary>
    public double Kept => 1 - (Rate * Decay);

    /// <summary>Step t's rule, with both running means corrected for their start at 0.</summary>
    public AdamRule Corrected(double t) => new()
    {
        ToFirst = (float)(1 - Beta1),
        KeptOfSecond = (float)Beta2,
        ToSecond = (float)(1 - Beta2),
        Epsilon = (float)Epsilon,
        Step = (float)(Rate / (1 - Math.Pow(Beta1, t))),
        PerRoot = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))),
    };
}
