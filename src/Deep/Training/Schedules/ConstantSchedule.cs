namespace Kaggle.Deep.Training.Schedules;

/// <summary>The same rate throughout.</summary>
public sealed record ConstantSchedule : ISchedule
{
    public Pace At(double progress) => new(1);
}
