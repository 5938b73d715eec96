using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Schedules;

/// <summary>A straight line from 0 to the full rate, then another schedule over what remains.</summary>
public sealed record WarmUp : ISchedule
{
    /// <summary>The share of the training that climbs.</summary>
    public double Climb { get; init => field = Require.Between(0, 0.99, value); } = 0.1;

    public ISchedule Then { get; init; } = new Polynomial();

    public Pace At(double progress)
    {
        if (progress >= Climb) return Then.At((progress - Climb) / (1 - Climb));
        var first = Then.At(0);
        return first with { Rate = first.Rate * progress / Climb };
    }
}
