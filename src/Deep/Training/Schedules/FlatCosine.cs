using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Schedules;

/// <summary>The full rate for most of the training, then half a cosine to a hundred-thousandth.</summary>
/// <remarks>fastai's fit_flat_cos.</remarks>
public sealed record FlatCosine : ISchedule
{
    /// <summary>The share of the training at the full rate.</summary>
    public double Flat { get; init => field = Require.Between(0, 1, value); } = 0.75;

    public double EndDivisor { get; init => field = Require.AtLeast(1, value); } = 1e5;

    public Pace At(double progress) => new(progress < Flat || Flat >= 1 ? 1 : Pace.Cosine(1, 1 / EndDivisor, (progress - Flat) / (1 - Flat)));
}
