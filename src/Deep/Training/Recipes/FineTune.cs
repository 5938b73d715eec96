using Kaggle.Core.Data;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Training.Recipes;

/// <summary>For a network that already knows something: its last part alone first, then all of it, the earlier parts slower.</summary>
/// <remarks>fastai's fine_tune (fastai/callback/schedule.py): frozen for an epoch in a cycle that climbs for 0.99 of it, then unfrozen at half the rate, a hundredth of that at the input.</remarks>
public sealed record FineTune
{
    /// <summary>Epochs with only the last parts (and norms) learning.</summary>
    public int FrozenEpochs { get; init => field = Require.AtLeast(0, value); } = 1;

    /// <summary>How many of the last parts learn in those epochs: fastai's freeze_to(-n).</summary>
    public int FreezeTo { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>How many times slower the first part learns than the last once all do.</summary>
    public double Spread { get; init => field = Require.AtLeast(1, value); } = 100;

    /// <summary>The share of the unfrozen epochs over which the rate climbs.</summary>
    public double Climb { get; init => field = Require.Between(0, 1, value); } = 0.3;

    /// <summary>Where the unfrozen epochs' rate starts, as a divisor of its highest.</summary>
    public double StartDivisor { get; init => field = Require.AtLeast(1, value); } = 5;

    /// <param name="epochs">With all parts learning.</param>
    public IReadOnlyList<TrainingStage> Over(int epochs)
    {
        var whole = new TrainingStage { Epochs = epochs, Rate = 0.5, Rates = PartRates.Geometric(1 / Spread), Schedule = new OneCycle { Climb = Climb, StartDivisor = StartDivisor } };
        return FrozenEpochs == 0 ? [whole]
            : [new() { Epochs = FrozenEpochs, From = ^FreezeTo, Rates = PartRates.Others(), Schedule = new OneCycle { Climb = 0.99 } }, whole];
    }
}
