using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Sources;

/// <summary>All the rows as tensors on the device; a batch is one gather. Owns the tensors.</summary>
public sealed class ResidentRows(Tensor[] inputs, Tensor target, Tensor? weights = null) : IRowSource
{
    /// <summary>(rows, …) each; they stay this object's.</summary>
    public Tensor[] Inputs => inputs;

    public int Rows { get; } = (int)target.shape[0];

    public Device Device => target.device;

    public int Batches(int size) => EvenBatches.Count(Rows, size);

    public IEnumerable<TrainingBatch> Shuffled(int size, Randomness random)
    {
        using var order = Order(random);
        var batches = Batches(size);
        for (var i = 0; i < batches; i++)
        {
            var (start, length) = EvenBatches.Bounds((int)order.shape[0], batches, i);
            using var rows = order.narrow(0, start, length);
            yield return this[rows];
        }
    }

    public IEnumerable<TrainingBatch> InOrder(int size)
    {
        for (var start = 0; start < Rows; start += size)
            yield return new TrainingBatch(inputs, target, weights).Part(start, Math.Min(size, Rows - start));
    }

    /// <returns>The rows asked for.</returns>
    public TrainingBatch this[Tensor rows] => new(Array.ConvertAll(inputs, x => x.index_select(0, rows)), target.index_select(0, rows), weights?.index_select(0, rows));

    public void Dispose()
    {
        foreach (var input in inputs) input.Dispose();
        target.Dispose();
        weights?.Dispose();
    }

    // A single row is given twice: batch norm cannot learn from one.
    Tensor Order(Randomness random)
    {
        using var scope = NewDisposeScope();
        var order = Rows == 1 ? zeros(2, int64) : randperm(Rows, int64, generator: random.Host);
        return order.to(target.device).DetachFromDisposeScope();
    }
}
