namespace Kaggle.Deep.Training.Schedules;

/// <summary>Four cosine cycles from 0 up and down, each twice as long as the one before; weight decay stays for half the training, then falls to 0.</summary>
/// <remarks>RealMLP's coslog4 and flat_cos: ½ (1 − cos(2π log₂(1 + 15 t))). Holzmüller and others, arXiv 2407.04491.</remarks>
public sealed record FourCycles : ISchedule
{
    public Pace At(double progress) => new((1 - Math.Cos(2 * Math.PI * Math.Log2(1 + 15 * progress))) / 2, Decay: FlatThenCosine(progress));

    /// <summary>1 for the first half, then half a cosine to 0.</summary>
    public static double FlatThenCosine(double progress) => progress < 0.5 ? 1 : Pace.Cosine(1, 0, (progress - 0.5) * 2);
}
