using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Transforms;

namespace Kaggle.Deep.Training.Recipes;

/// <summary>How a network is trained, whatever it looks at.</summary>
public record TrainingRecipe
{
    public required IUpdate Update { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public ISchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>First its last part, then all of it, instead of <see cref="Schedule"/>; null: all of it throughout.</summary>
    public FineTune? FineTune { get; init; }

    /// <summary>All stages, where neither one nor <see cref="FineTune"/>'s two are meant; their epochs stand in them. Null: those two decide.</summary>
    public IReadOnlyList<TrainingStage>? Stages { get; init; }

    /// <summary>What learns, and how fast each part.</summary>
    public Func<Network, IReadOnlyList<ParameterGroup>> Groups { get; init; } = network => ParameterGroup.Of(network);

    /// <summary>What happens to a batch on the device before it is learned from.</summary>
    public IReadOnlyList<IBatchTransform> Transforms { get; init; } = [];

    /// <summary>At most so many rows in one pass; null: a whole batch.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Gradients longer than this are shortened to it; null: never.</summary>
    public double? Clip { get; init; }

    /// <summary>Epochs without a better one before a training with validation rows ends; null: it runs to its end and keeps the best.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether of equally good epochs the later one is kept.</summary>
    public bool PrefersLater { get; init; }

    /// <summary>Of weights, to be judged and kept instead of the last ones; null: the best epoch's own, or the last's.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>How many networks the training leaves: more than one and the rate falls and rises so many times, and each low point's weights are kept.</summary>
    public int Snapshots { get; init; } = 1;

    public TrainingPrecision Precision { get; init; }

    /// <summary>Whether steps whose gradients are not finite are skipped; else the first such loss ends the training. Float16 always skips.</summary>
    public bool SkipsNonFinite { get; init; }

    /// <summary>Whether the rate falls to a tenth when an epoch brings no better score.</summary>
    public bool ReducesOnPlateau { get; init; }

    /// <summary>The share of each epoch's batches that is learned from; below 1 for quick trials.</summary>
    public double EpochShare { get; init; } = 1;

    /// <summary>Factor of every dropout share at a progress of 0 to 1; null: 1.</summary>
    public Func<double, double>? DropoutFactor { get; init; }
}
