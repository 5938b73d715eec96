using System.Numerics.Tensors;

namespace Kaggle.Baselines.Recommendation;

/// <summary>A symmetric matrix whose eigenvalues are above 0, factored: L·Lᵀ. Rows of the lower triangle, in double.</summary>
readonly struct PositiveMatrix
{
    const int Block = 64;

    readonly double[][] lower;

    PositiveMatrix(double[][] lower) => this.lower = lower;

    /// <param name="matrix">(n)(i + 1) the lower triangle; it is overwritten.</param>
    /// <param name="threads">How many work on it.</param>
    /// <param name="cancel">Ends it.</param>
    public static PositiveMatrix Factored(double[][] matrix, int threads = 1, CancellationToken cancel = default)
    {
        for (var first = 0; first < matrix.Length; first += Block)
        {
            cancel.ThrowIfCancellationRequested();
            var (from, to) = (first, Math.Min(first + Block, matrix.Length));
            for (var i = from; i < to; i++) Row(matrix, i, from, Math.Min(i + 1, to));
            // Rows below need only the rows of this block: they can be done side by side.
            Each(to, matrix.Length, threads, i => Row(matrix, i, from, to));
        }
        return new(matrix);
    }

    static void Row(double[][] lower, int i, int from, int to)
    {
        for (var j = from; j < to; j++)
        {
            var rest = lower[i][j] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j));
            lower[i][j] = i == j ? Math.Sqrt(Math.Max(1e-12, rest)) : rest / lower[j][j];
        }
    }

    /// <summary>The right side becomes the solution.</summary>
    /// <param name="b">(n)</param>
    /// <param name="from">Before this place the right side is 0.</param>
    public void Solve(Span<double> b, int from = 0)
    {
        for (var i = from; i < b.Length; i++) b[i] = (b[i] - TensorPrimitives.Dot<double>(lower[i].AsSpan(from, i - from), b[from..i])) / lower[i][i];
        for (var i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= lower[i][i];
            TensorPrimitives.MultiplyAdd(lower[i].AsSpan(0, i), -b[i], b[..i], b[..i]);
        }
    }

    /// <returns>(n)(n) the inverse.</returns>
    public double[][] Inverse(int threads, CancellationToken cancel)
    {
        var n = lower.Length;
        var (own, inverse) = (this, new double[n][]);
        Each(0, n, threads, column =>
        {
            cancel.ThrowIfCancellationRequested();
            inverse[column] = new double[n];
            inverse[column][column] = 1;
            own.Solve(inverse[column], column);
        });
        return inverse;
    }

    static void Each(int from, int to, int threads, Action<int> row)
    {
        if (threads <= 1 || to - from < 2 * Block)
            for (var i = from; i < to; i++) row(i);
        else Parallel.For(from, to, new ParallelOptions { MaxDegreeOfParallelism = threads }, row);
    }
}
