using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

/// <summary>All the rows as tensors on the device; a batch is one gather. Owns the tensors.</summary>
public sealed class ResidentRows(Tensor[] inputs, Tensor target, Tensor? weights) : IDisposable
{
    /// <summary>(rows, …) each; they stay this object's.</summary>
    public Tensor[] Inputs => inputs;

    public int Rows { get; } = (int)target.shape[0];

    /// <summary>Where the rows lie.</summary>
    public Device Device => target.device;

    /// <summary>How many batches of about that size an epoch has: equal ones, so that none is a remnant of a few rows.</summary>
    public int Batches(int size) => Math.Max(1, (int)Math.Round(Rows / (double)size));

    /// <returns>(rows of the batch) row numbers, each row once an epoch in a fresh order; dispose each.</returns>
    public IEnumerable<Tensor> Shuffled(int size, Randomness random)
    {
        using var order = Order(random);
        var batches = Batches(size);
        for (var i = 0; i < batches; i++)
        {
            var (start, end) = ((long)Rows * i / batches, (long)Rows * (i + 1) / batches);
            yield return order.narrow(0, start, Math.Max(end - start, order.shape[0] > Rows ? 2 : 0));
        }
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
