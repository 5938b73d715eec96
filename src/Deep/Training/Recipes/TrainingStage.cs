using Kaggle.Core.Data;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Training.Recipes;

/// <summary>A stretch of a training with a schedule of its own: which parts of the network learn, and how fast. The optimizer starts anew.</summary>
public sealed record TrainingStage
{
    public required int Epochs { get; init => field = Require.AtLeast(1, value); }

    public ISchedule Schedule { get; init; } = new OneCycle();

    /// <summary>The first of the network's parts that learns; ^1 is the last.</summary>
    public Index From { get; init; } = 0;

    /// <summary>Factor of the learning rate.</summary>
    public double Rate { get; init => field = Require.Positive(value); } = 1;

    public PartRates Rates { get; init; } = PartRates.Even;
}
