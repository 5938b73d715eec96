using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Schedules;

/// <summary>(1 − progress)^power: with power 1 a straight line to 0.</summary>
public sealed record Polynomial : ISchedule
{
    public double Power { get; init => field = Require.Positive(value); } = 1;

    public Pace At(double progress) => new(Math.Pow(Math.Max(0, 1 - progress), Power));
}
