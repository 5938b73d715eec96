using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

/// <summary>How wrong a network's output is for a batch.</summary>
/// <param name="output">As the network says it.</param>
/// <param name="batch">What the output was made of, and the answers.</param>
/// <returns>A scalar: the mean over the rows.</returns>
public delegate Tensor BatchLoss(Tensor output, TrainingBatch batch);
