using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training.Sources;

public class PrefetchedRowsTests
{
    [Fact]
    public void Batches_read_ahead_train_as_batches_that_lie_on_the_device()
    {
        float[] Train(bool prefetched)
        {
            using var small = new SmallTraining(rows: 70);
            using var optimizer = small.Optimizer();
            using var ahead = new PrefetchedRows(new FromResident(small.Rows), CPU, ahead: 3);
            new Loop
            {
                Network = small.Network, Train = prefetched ? ahead : small.Rows, Loss = small.Objective.LossOf, Optimizer = optimizer, Rate = 1, Epochs = 1, BatchSize = 16, Random = small.Random,
            }.Run();
            return small.Weights;
        }
        Assert.Equal(Train(false), Train(true));
    }

    [Fact]
    public void What_is_drawn_follows_from_the_seed_and_not_from_which_worker_is_quicker()
    {
        Libtorch.Load();
        float[] Epoch(Random slow)
        {
            using var random = new Randomness(7, CPU);
            using var source = new PrefetchedRows(new Drawing(slow), CPU, ahead: 4);
            return [.. Read(source.Shuffled(10, random))];
        }
        Assert.Equal(Epoch(new(1)), Epoch(new(2)));
    }

    [Fact]
    public void Predicting_reads_each_row_in_its_place_and_draws_nothing()
    {
        Libtorch.Load();
        using var source = new PrefetchedRows(new Drawing(new(1)), CPU);
        Assert.Equal(Enumerable.Range(0, 95).Select(i => (float)i), Read(source.InOrder(16)));
    }

    [Fact]
    public void A_readers_mistake_is_the_trainings()
    {
        Libtorch.Load();
        using var random = new Randomness(7, CPU);
        using var source = new PrefetchedRows(new Failing(), CPU);
        var error = Assert.Throws<InvalidDataException>(() => Read(source.Shuffled(2, random)).ToList());
        Assert.Equal("row 5 is no image", error.Message);
    }

    [Fact]
    public void Broken_off_reading_is_over_before_its_reader_may_be_closed()
    {
        Libtorch.Load();
        var reader = new Counting();
        using var source = new PrefetchedRows(reader, CPU, ahead: 4);
        foreach (var batch in source.InOrder(1))
        {
            batch.Dispose();
            break;
        }
        Assert.Equal(0, reader.Reading);
    }

    static IEnumerable<float> Read(IEnumerable<TrainingBatch> batches)
    {
        foreach (var batch in batches)
        {
            using var owned = batch;
            foreach (var value in batch.Inputs[0].data<float>().ToArray()) yield return value;
        }
    }

    sealed class FromResident(ResidentRows rows) : IRowReader
    {
        public int Rows => rows.Rows;

        public TrainingBatch Read(int[] wanted, long? seed)
        {
            using var numbers = tensor(wanted.Select(x => (long)x).ToArray());
            return rows[numbers];
        }
    }

    sealed class Drawing(Random slow) : IRowReader
    {
        public int Rows => 95;

        public TrainingBatch Read(int[] rows, long? seed)
        {
            lock (slow) Thread.Sleep(slow.Next(4));
            var noise = seed is { } s ? new Random((int)(s % int.MaxValue)) : null;
            return new([tensor(rows.Select(r => r + (noise?.NextSingle() ?? 0)).ToArray())], zeros(rows.Length));
        }
    }

    sealed class Counting : IRowReader
    {
        int reading;

        public int Rows => 40;

        public int Reading => Volatile.Read(ref reading);

        public TrainingBatch Read(int[] rows, long? seed)
        {
            Interlocked.Increment(ref reading);
            Thread.Sleep(30);
            var batch = new TrainingBatch([zeros(rows.Length)], zeros(rows.Length));
            Interlocked.Decrement(ref reading);
            return batch;
        }
    }

    sealed class Failing : IRowReader
    {
        public int Rows => 8;

        public TrainingBatch Read(int[] rows, long? seed) =>
            rows.Contains(5) ? throw new InvalidDataException("row 5 is no image") : new([zeros(rows.Length)], zeros(rows.Length));
    }
}
