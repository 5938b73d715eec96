using System.Numerics.Tensors;

namespace Kaggle.Baselines.Text;

/// <summary>Rows × features of which most are 0: only the others are kept, row after row.</summary>
/// <param name="Starts">(rows + 1) where each row begins in the two others.</param>
/// <param name="Features">The number of the feature of each value kept.</param>
/// <param name="Values">The values kept.</param>
/// <param name="Width">How many features there are.</param>
sealed record SparseRows(long[] Starts, int[] Features, float[] Values, int Width)
{
    public int Count => Starts.Length - 1;

    public ReadOnlySpan<int> FeaturesOf(int row) => Features.AsSpan((int)Starts[row], (int)(Starts[row + 1] - Starts[row]));

    public Span<float> ValuesOf(int row) => Values.AsSpan((int)Starts[row], (int)(Starts[row + 1] - Starts[row]));

    /// <returns>Σ value · weight of its feature.</returns>
    public float Dot(int row, ReadOnlySpan<float> weights)
    {
        var features = FeaturesOf(row);
        var values = ValuesOf(row);
        float even = 0, odd = 0;                                // two sums at once: neither waits for the other
        var i = 0;
        for (; i + 1 < values.Length; i += 2)
        {
            even += values[i] * weights[features[i]];
            odd += values[i + 1] * weights[features[i + 1]];
        }
        if (i < values.Length) even += values[i] * weights[features[i]];
        return even + odd;
    }

    /// <summary>Adds factor · row to a sum over features.</summary>
    public void AddTo(int row, float factor, Span<float> sum)
    {
        var features = FeaturesOf(row);
        var values = ValuesOf(row);
        for (var i = 0; i < values.Length; i++) sum[features[i]] += factor * values[i];
    }

    /// <returns>The rows asked for, in that order.</returns>
    public SparseRows Take(ReadOnlySpan<int> rows)
    {
        var starts = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++) starts[i + 1] = starts[i] + Starts[rows[i] + 1] - Starts[rows[i]];
        var (features, values) = (new int[starts[^1]], new float[starts[^1]]);
        for (var i = 0; i < rows.Length; i++)
        {
            FeaturesOf(rows[i]).CopyTo(features.AsSpan((int)starts[i]));
            ValuesOf(rows[i]).CopyTo(values.AsSpan((int)starts[i]));
        }
        return new(starts, features, values, Width);
    }

    /// <returns>The same rows with each feature's values multiplied.</returns>
    public SparseRows Scaled(float[] factors)
    {
        var scaled = new float[Values.Length];
        for (var i = 0; i < scaled.Length; i++) scaled[i] = Values[i] * factors[Features[i]];
        return this with { Values = scaled };
    }

    /// <returns>Features as rows and rows as features.</returns>
    public SparseRows Transposed()
    {
        var starts = new long[Width + 1];
        foreach (var feature in Features) starts[feature + 1]++;
        for (var f = 0; f < Width; f++) starts[f + 1] += starts[f];
        var (rows, values) = (new int[Features.Length], new float[Features.Length]);
        var filled = starts[..^1];
        for (var row = 0; row < Count; row++)
            for (var i = Starts[row]; i < Starts[row + 1]; i++)
            {
                var at = filled[Features[i]]++;
                (rows[at], values[at]) = (row, Values[i]);
            }
        return new(starts, rows, values, Count);
    }

    /// <returns>The features of all blocks, those of the first one first.</returns>
    public static SparseRows Beside(IReadOnlyList<SparseRows> blocks)
    {
        if (blocks.Count == 1) return blocks[0];
        var rows = blocks[0].Count;
        var starts = new long[rows + 1];
        for (var row = 0; row < rows; row++) starts[row + 1] = starts[row] + blocks.Sum(b => b.Starts[row + 1] - b.Starts[row]);
        var (features, values) = (new int[starts[^1]], new float[starts[^1]]);
        var first = 0;
        var filled = starts[..^1];
        foreach (var block in blocks)
        {
            for (var row = 0; row < rows; row++)
            {
                var from = block.FeaturesOf(row);
                var at = (int)filled[row];
                block.ValuesOf(row).CopyTo(values.AsSpan(at));
                if (first == 0) from.CopyTo(features.AsSpan(at));
                else TensorPrimitives.Add(from, first, features.AsSpan(at, from.Length));
                filled[row] += from.Length;
            }
            first += block.Width;
        }
        return new(starts, features, values, first);
    }
}
