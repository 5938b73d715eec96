using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;
using DeviceType = TorchSharp.DeviceType;

namespace Kaggle.Deep.Training.Sources;

/// <summary>Batches read by background workers ahead of the network, in the order planned; for CUDA through pinned memory.</summary>
/// <param name="reader">Where rows come from.</param>
/// <param name="device">Where batches go.</param>
/// <param name="ahead">How many batches are read at once, each by a worker of its own.</param>
public sealed class PrefetchedRows(IRowReader reader, Device device, int ahead = 4) : IRowSource
{
    readonly int ahead = Require.AtLeast(1, ahead);
    IDisposable? owned;

    /// <returns>A source that frees its reader with itself.</returns>
    public static PrefetchedRows Owning<T>(T reader, Device device) where T : IRowReader, IDisposable => new(reader, device) { owned = reader };

    public int Rows => reader.Rows;

    public Device Device => device;

    public int Batches(int size) => reader.Batches(size);

    public IEnumerable<TrainingBatch> Shuffled(int size, Randomness random)
    {
        var plan = reader.Shuffled(size, random);
        using var draws = randint(long.MaxValue, [plan.Count], ScalarType.Int64, generator: random.Host);
        return Prefetched(plan.Zip(draws.data<long>().ToArray(), (rows, seed) => (rows, (long?)seed)));
    }

    public IEnumerable<TrainingBatch> InOrder(int size) => Prefetched(reader.InOrder(size).Select(rows => (rows, (long?)null)));

    /// <summary>The reader stays its maker's, unless it was given to <see cref="Owning"/>.</summary>
    public void Dispose() => owned?.Dispose();

    IEnumerable<TrainingBatch> Prefetched(IEnumerable<(int[] Rows, long? Seed)> plan)
    {
        var waiting = new Queue<Task<TrainingBatch>>();
        try
        {
            foreach (var (rows, seed) in plan)
            {
                waiting.Enqueue(Task.Run(() => Read(rows, seed)));
                if (waiting.Count > ahead) yield return ToDevice(waiting.Dequeue().GetAwaiter().GetResult());
            }
            while (waiting.Count > 0) yield return ToDevice(waiting.Dequeue().GetAwaiter().GetResult());
        }
        finally
        {
            // Broken off: what is still being read is nobody's, and its reader may be closed right after.
            Task.WhenAll(waiting).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
            foreach (var task in waiting.Where(task => task.IsCompletedSuccessfully)) task.Result.Dispose();
        }
    }

    TrainingBatch Read(int[] rows, long? seed)
    {
        var batch = reader.Read(rows, seed);
        return device.type == DeviceType.CPU ? batch : Moved(batch, t => t.pin_memory());
    }

    // The copy runs beside the step before it; the pinned memory is kept by libtorch until it has been read.
    TrainingBatch ToDevice(TrainingBatch batch) => device.type == DeviceType.CPU ? batch : Moved(batch, t => t.to(device, non_blocking: true));

    static TrainingBatch Moved(TrainingBatch batch, Converter<Tensor, Tensor> move)
    {
        using var old = batch;
        return new(Array.ConvertAll(batch.Inputs, move), move(batch.Target), batch.Weights is { } weights ? move(weights) : null,
            batch.Blend is { } blend ? new(move(blend.Target), move(blend.Share)) : null);
    }
}
