using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Objectives;

/// <param name="Inputs">What the network takes; the first dimension is the batch.</param>
/// <param name="Target">(batch, targets) float32, or (batch) int64 class codes.</param>
/// <param name="Weights">(batch) how much each row counts; null when all count alike.</param>
public readonly record struct TrainingBatch(Tensor[] Inputs, Tensor Target, Tensor? Weights);
