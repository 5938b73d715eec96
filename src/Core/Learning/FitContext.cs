using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Learning;

/// <summary>Everything that a training gets besides rows and settings; nothing is ambient.</summary>
public sealed record FitContext
{
    public int Seed { get; init; }

    public Device Device { get; init; } = Device.Cpu;

    /// <summary>How many threads this training may use.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The competition's metric, for early stopping; null: the learner's own loss.</summary>
    public Metric? Metric { get; init; }

    /// <summary>Exactly so many trees or epochs, no early stopping: for a last training on all rows.</summary>
    public int? Iterations { get; init; }

    /// <summary>The competition's test rows, which have no answers: for learners that learn from what rows look like alone; null: there are none.</summary>
    public Dataset? Unlabelled { get; init; }

    public IProgress<FitProgress>? Progress { get; init; }

    public CancellationToken Cancel { get; init; }

    /// <summary>An existing folder that survives a kill, where a long training may leave checkpoints; null: nowhere.</summary>
    public string? Scratch { get; init; }

    /// <summary>An existing folder for what is recorded of a training (epochs as CSV), kept with the model; null: nowhere.</summary>
    public string? Journal { get; init; }

    /// <summary>Whether the journal also gets what costs time to record: gradients, activations, TensorBoard events.</summary>
    public bool Diagnose { get; init; }

    /// <summary>What the folds of one run share (binned data, tensors); null: nothing is shared.</summary>
    public RunShare? Share { get; init; }
}

/// <param name="Done">0 to 1.</param>
/// <param name="Note">A few words ("epoch 3/20, loss 0.41"); null when there is nothing to add.</param>
public readonly record struct FitProgress(double Done, string? Note = null);

public enum Device
{
    Cpu,
    Cuda,
}
