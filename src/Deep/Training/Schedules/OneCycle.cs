using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Schedules;

/// <summary>Up over the first quarter, down over the rest, momentum the other way round.</summary>
/// <remarks>Smith, arXiv 1803.09820, in fastai's form: rate/25 → rate → rate/100000, momentum 0.95 → 0.85 → 0.95, all half cosines.</remarks>
public sealed record OneCycle : ISchedule
{
    /// <summary>The share of the training that climbs.</summary>
    public double Climb { get; init => field = Require.Between(0, 1, value); } = 0.25;

    public double StartDivisor { get; init => field = Require.AtLeast(1, value); } = 25;

    public double EndDivisor { get; init => field = Require.AtLeast(1, value); } = 1e5;

    public Pace At(double progress) => progress < Climb
        ? new(Pace.Cosine(1 / StartDivisor, 1, progress / Climb), Pace.Cosine(0.95, 0.85, progress / Climb))
        : new(Pace.Cosine(1, 1 / EndDivisor, Share(progress)), Pace.Cosine(0.85, 0.95, Share(progress)));

    double Share(double progress) => Climb >= 1 ? 1 : (progress - Climb) / (1 - Climb);
}
