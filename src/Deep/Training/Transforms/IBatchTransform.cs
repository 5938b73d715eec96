using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;

namespace Kaggle.Deep.Training.Transforms;

/// <summary>Changes a batch on the device before the network learns from it: augmentation, MixUp. A record of its settings.</summary>
public interface IBatchTransform
{
    /// <param name="batch">Its tensors stay as they are: they may be views of all the rows.</param>
    /// <param name="random">What is drawn per row comes from <see cref="Randomness.Device"/>.</param>
    /// <returns>A batch that may share tensors with the one given.</returns>
    TrainingBatch Apply(TrainingBatch batch, Randomness random);
}
