using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Sources;

/// <summary>Where batches come from: rows that lie on the device, or that are read while the network learns.</summary>
public interface IRowSource : IDisposable
{
    int Rows { get; }

    /// <summary>Where the batches lie.</summary>
    Device Device { get; }

    /// <summary>How many batches of about that size <see cref="Shuffled"/> gives.</summary>
    int Batches(int size);

    /// <summary>One epoch of training: each row once, in a fresh order.</summary>
    /// <remarks>All that is drawn follows from <paramref name="random"/> as it stands at the first batch, whichever worker is quicker. Breaking off early is allowed.</remarks>
    /// <returns>Batches on the device; dispose each.</returns>
    IEnumerable<TrainingBatch> Shuffled(int size, Randomness random);

    /// <summary>Every row in its place, nothing drawn, at most so many at a time: for predictions.</summary>
    /// <returns>Batches on the device; dispose each.</returns>
    IEnumerable<TrainingBatch> InOrder(int size);
}
