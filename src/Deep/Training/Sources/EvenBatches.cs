using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Sources;

/// <summary>Rows divided into batches of equal size, so that none is a remnant of a few rows.</summary>
public static class EvenBatches
{
    /// <summary>How many batches of about that size.</summary>
    public static int Count(int rows, int size) => Math.Max(1, (int)Math.Round(rows / (double)size));

    /// <returns>Where the i-th of the batches starts, and how long it is.</returns>
    public static (long Start, long Length) Bounds(int rows, int batches, int i)
    {
        var (start, end) = ((long)rows * i / batches, (long)rows * (i + 1) / batches);
        return (start, end - start);
    }

    /// <returns>All row numbers in a fresh order, divided; a single row is given twice, because batch norm cannot learn from one.</returns>
    public static IReadOnlyList<int[]> Shuffled(int rows, int size, Randomness random)
    {
        if (rows == 1) return [[0, 0]];
        using var order = randperm(rows, int32, generator: random.Host);
        var (numbers, batches) = (order.data<int>().ToArray(), Count(rows, size));
        return [.. Enumerable.Range(0, batches).Select(i => Bounds(rows, batches, i)).Select(b => numbers.AsSpan((int)b.Start, (int)b.Length).ToArray())];
    }

    /// <returns>All row numbers in order, at most so many at a time.</returns>
    public static IEnumerable<int[]> InOrder(int rows, int size) => Enumerable.Range(0, rows).Chunk(size);
}
