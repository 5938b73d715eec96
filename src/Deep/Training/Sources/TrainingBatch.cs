using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Sources;

/// <summary>Rows that are learned from in one step.</summary>
/// <param name="Inputs">What the network takes; the first dimension is the batch.</param>
/// <param name="Target">(batch, targets) float32, or (batch) int64 class codes, or what else the loss wants.</param>
/// <param name="Weights">(batch) how much each row counts; null when all count alike.</param>
/// <param name="Blend">A second answer for each row, where rows were blended; null: none were.</param>
public readonly record struct TrainingBatch(Tensor[] Inputs, Tensor Target, Tensor? Weights = null, BatchBlend? Blend = null) : IDisposable
{
    public long Rows => Target.shape[0];

    /// <returns>A view of some of the rows: what it needs lives as long as this batch.</returns>
    public TrainingBatch Part(long start, long length) => new(
        Array.ConvertAll(Inputs, x => x.narrow(0, start, length)), Target.narrow(0, start, length), Weights?.narrow(0, start, length),
        Blend is { } blend ? new(blend.Target.narrow(0, start, length), blend.Share.narrow(0, start, length)) : null);

    public void Dispose()
    {
        foreach (var input in Inputs) input.Dispose();
        Target.Dispose();
        Weights?.Dispose();
        Blend?.Target.Dispose();
        Blend?.Share.Dispose();
    }
}

/// <param name="Target">As the batch's own.</param>
/// <param name="Share">(batch) 0 to 1: how much of the row's loss its own target makes; this one makes the rest.</param>
public readonly record struct BatchBlend(Tensor Target, Tensor Share);
