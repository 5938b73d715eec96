using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Training.Sources;

/// <summary>Rows that do not fit on the device or are made anew each time: images from a cache, texts padded to their batch. <see cref="PrefetchedRows"/> makes a source of it.</summary>
public interface IRowReader
{
    int Rows { get; }

    /// <summary>How many batches <see cref="Shuffled"/> gives.</summary>
    int Batches(int size) => EvenBatches.Count(Rows, size);

    /// <returns>The row numbers of each batch of one epoch; readers of texts put rows of like length together.</returns>
    IReadOnlyList<int[]> Shuffled(int size, Randomness random) => EvenBatches.Shuffled(Rows, size, random);

    /// <returns>The row numbers of each batch when every row is wanted once and in order.</returns>
    IEnumerable<int[]> InOrder(int size) => EvenBatches.InOrder(Rows, size);

    /// <summary>Called by several threads at once, outside any dispose scope.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="seed">Of all that is drawn for this batch; null: nothing is drawn, as when predicting.</param>
    /// <returns>The batch on the processor, of tensors that nothing else holds.</returns>
    TrainingBatch Read(int[] rows, long? seed);
}
