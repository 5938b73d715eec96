namespace Kaggle.Deep.Training.Schedules;

/// <summary>The same rate throughout.</summary>
public sealed record Constant : ISchedule
{
    public Pace At(double progress) => new(1);
}
