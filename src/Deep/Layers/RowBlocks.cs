using System.Buffers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Kaggle.Deep.Layers;

/// <summary>The rows of a kernel in a few blocks, which the threads share out among them.</summary>
/// <remarks>How many blocks there are follows from the rows alone, so that sums over rows are the same to the last bit for any number of threads.</remarks>
readonly struct RowBlocks
{
    const int Most = 8;
    const int LeastNumbers = 8192;                                      // a block below that is done before another thread has taken it

    readonly int rows;

    /// <param name="rows">How many.</param>
    /// <param name="width">Numbers of a row.</param>
    public RowBlocks(long rows, long width)
    {
        this.rows = (int)rows;
        Count = (int)Math.Clamp(rows * width / LeastNumbers, 1, Math.Clamp(rows, 1, Most));
    }

    public int Count { get; }

    /// <param name="block">Does one, given its number; several at once.</param>
    public void Run(Action<int> block) => OpenMpTeam.Share(Count, block);

    /// <returns>The block's first row, and the first after it.</returns>
    public (int Start, int End) Of(int block) => ((int)((long)rows * block / Count), (int)((long)rows * (block + 1) / Count));

    /// <returns>The block's rows of a tensor that has all rows one after the other.</returns>
    public Span<T> Of<T>(Tensor x, int block) where T : unmanaged => Of(x.Numbers<T>(), block);

    /// <returns>The block's rows of all rows' numbers.</returns>
    public Span<T> Of<T>(Span<T> all, int block)
    {
        var (start, end) = Of(block);
        var width = all.Length / Math.Max(1, rows);
        return all[(start * width)..(end * width)];
    }

    /// <param name="numbers">How many sums there are.</param>
    /// <param name="add">Adds a block's rows to sums of its own, 0 at first; several at once.</param>
    /// <returns>Those of all blocks, added always in the same order.</returns>
    public float[] Sum(int numbers, Action<int, Span<float>> add)
    {
        var sums = new float[numbers];
        Sum(add, sums);
        return sums;
    }

    /// <param name="add">Adds a block's rows to sums of its own, 0 at first; several at once.</param>
    /// <param name="sums">Those of all blocks, added always in the same order.</param>
    public void Sum(Action<int, Span<float>> add, Span<float> sums)
    {
        // Each thread takes what it writes to: sums side by side would have the cores fight for the memory line where they meet.
        var (parts, numbers) = (new float[Count][], sums.Length);
        Run(block =>
        {
            parts[block] = ArrayPool<float>.Shared.Rent(numbers);
            var own = parts[block].AsSpan(0, numbers);
            own.Clear();
            add(block, own);
        });
        parts[0].AsSpan(0, numbers).CopyTo(sums);
        foreach (var part in parts.Skip(1)) TensorPrimitives.Add(sums, part.AsSpan(0, numbers), sums);
        foreach (var part in parts) ArrayPool<float>.Shared.Return(part);
    }
}
