using System.Numerics.Tensors;

namespace Kaggle.Baselines.Text;

/// <summary>One pass over sparse rows: each row's weighted sums, what a loss makes of them, and the loss's slope by weight.</summary>
/// <remarks>
/// Weights lie feature after feature, outputs side by side, the intercepts last: (features + 1, outputs). Rows are dealt to a fixed number of blocks,
/// each with a sum of its own, so that the result does not depend on the number of threads.
/// </remarks>
sealed class SparsePass(SparseRows x, int outputs, int threads, CancellationToken cancel)
{
    const int MostBlocks = 8, LeastRows = 64;

    readonly float[][] sums = new float[MostBlocks][];

    /// <summary>Gets a row's number and its sums (outputs), puts the loss's slope by each sum in their place, returns the loss.</summary>
    public delegate double LossOfRow(int row, Span<float> scores);

    /// <summary>How many weights there are.</summary>
    public int Size => (x.Width + 1) * outputs;

    public SparseRows Rows => x;

    /// <returns>The rows' losses added up.</returns>
    /// <param name="rows">Which rows.</param>
    /// <param name="weights">(features + 1, outputs); null: no sums are worked out, the loss knows them.</param>
    /// <param name="loss">Called from several threads.</param>
    /// <param name="slopes">Filled with the sum's slope by each weight; empty: not asked for.</param>
    /// <param name="squares">Whether the slopes are added up over squared features: what a second derivative is made of.</param>
    public double Run(int[] rows, float[]? weights, LossOfRow loss, Span<double> slopes, bool squares = false)
    {
        cancel.ThrowIfCancellationRequested();
        var blocks = Math.Clamp(rows.Length / LeastRows, 1, MostBlocks);
        var withSlopes = !slopes.IsEmpty;
        var losses = new double[blocks];
        Parallel.For(0, blocks, new() { MaxDegreeOfParallelism = threads }, block =>
        {
            var sum = withSlopes ? sums[block] ??= new float[Size] : [];
            Array.Clear(sum);
            var scores = new float[outputs];
            var own = 0.0;
            foreach (var row in rows.AsSpan((int)((long)rows.Length * block / blocks)..(int)((long)rows.Length * (block + 1) / blocks)))
            {
                if (weights is not null) Score(row, weights, scores);
                own += loss(row, scores);
                if (withSlopes) AddTo(sum, row, scores, squares);
            }
            losses[block] = own;
        });
        if (withSlopes) Join(blocks, slopes);
        return losses.Sum();
    }

    void Score(int row, float[] weights, Span<float> scores)
    {
        if (outputs == 1)
        {
            scores[0] = weights[^1] + x.Dot(row, weights);
            return;
        }
        weights.AsSpan(x.Width * outputs).CopyTo(scores);
        var features = x.FeaturesOf(row);
        var values = x.ValuesOf(row);
        for (var i = 0; i < values.Length; i++)
            TensorPrimitives.MultiplyAdd(weights.AsSpan(features[i] * outputs, outputs), values[i], scores, scores);
    }

    void AddTo(float[] sum, int row, ReadOnlySpan<float> factors, bool squares)
    {
        if (outputs == 1 && !squares)
        {
            x.AddTo(row, factors[0], sum);
            sum[^1] += factors[0];
            return;
        }
        var features = x.FeaturesOf(row);
        var values = x.ValuesOf(row);
        for (var i = 0; i < values.Length; i++)
        {
            var line = sum.AsSpan(features[i] * outputs, outputs);
            TensorPrimitives.MultiplyAdd(factors, squares ? values[i] * values[i] : values[i], line, line);
        }
        var intercepts = sum.AsSpan(x.Width * outputs);
        TensorPrimitives.Add(intercepts, factors, intercepts);
    }

    void Join(int blocks, Span<double> slopes)
    {
        for (var block = 1; block < blocks; block++) TensorPrimitives.Add(sums[0], sums[block], sums[0]);
        TensorPrimitives.ConvertTruncating<float, double>(sums[0], slopes);
    }
}
