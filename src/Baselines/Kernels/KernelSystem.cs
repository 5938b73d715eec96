using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Kernels;

/// <param name="Weights">(targets)(rows).</param>
/// <param name="Means">(targets) added to the sums.</param>
/// <param name="Errors">What each row's answer is away from the prediction without it; all targets one after the other.</param>
sealed record KernelSolution(float[][] Weights, float[] Means, float[] Errors);

/// <summary>(K + alpha·W⁻¹) weights = answers − mean, by Cholesky's factorisation, with the exact leave-one-out errors weight / (inverse's diagonal).</summary>
static class KernelSystem
{
    /// <returns>(rows)(others) exp(−gamma·|a − b|²).</returns>
    public static float[][] Likeness(Matrix rows, Matrix others, double gamma)
    {
        var likeness = new float[rows.Rows][];
        for (var i = 0; i < likeness.Length; i++)
        {
            likeness[i] = new float[others.Rows];
            for (var j = 0; j < others.Rows; j++)
            {
                var distance = TensorPrimitives.Distance(rows.Row(i), others.Row(j));
                likeness[i][j] = (float)Math.Exp(-gamma * distance * distance);
            }
        }
        return likeness;
    }

    public static KernelSolution Solve(float[][] likeness, Matrix y, ReadOnlyMemory<float> weights, double alpha, FitContext context)
    {
        var n = likeness.Length;
        var factor = Factor(likeness, weights, alpha, context);
        var inverse = InverseDiagonal(factor, context);
        var (all, means, errors) = (new float[y.Columns][], new float[y.Columns], new float[n * y.Columns]);
        for (var k = 0; k < y.Columns; k++)
        {
            var mean = Enumerable.Range(0, n).Average(i => (double)y[i, k]);
            var solution = new double[n];
            for (var i = 0; i < n; i++)
                solution[i] = (y[i, k] - mean - TensorPrimitives.Dot<double>(factor[i].AsSpan(0, i), solution.AsSpan(0, i))) / factor[i][i];
            for (var i = n - 1; i >= 0; i--)
            {
                solution[i] /= factor[i][i];
                TensorPrimitives.MultiplyAdd(factor[i].AsSpan(0, i), -solution[i], solution.AsSpan(0, i), solution.AsSpan(0, i));
            }
            (all[k], means[k]) = (Array.ConvertAll(solution, a => (float)a), (float)mean);
            for (var i = 0; i < n; i++) errors[k * n + i] = (float)(solution[i] / inverse[i]);
        }
        return new(all, means, errors);
    }

    /// <returns>(n)(i + 1) the lower triangle L with L·Lᵀ = K + alpha·W⁻¹.</returns>
    static double[][] Factor(float[][] likeness, ReadOnlyMemory<float> weights, double alpha, FitContext context)
    {
        const int Block = 64;
        var n = likeness.Length;
        var lower = new double[n][];
        for (var i = 0; i < n; i++)
        {
            lower[i] = new double[i + 1];
            for (var j = 0; j <= i; j++) lower[i][j] = likeness[i][j];
            lower[i][i] += alpha / Math.Max(1e-6, weights.IsEmpty ? 1 : weights.Span[i]);
        }
        for (var first = 0; first < n; first += Block)
        {
            context.Cancel.ThrowIfCancellationRequested();
            var last = Math.Min(first + Block, n);
            for (var i = first; i < last; i++) Row(i, first, Math.Min(i + 1, last));
            // Rows below need only the rows of this block: they can be done side by side.
            Parallel.For(last, n, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, context.Threads) }, i => Row(i, first, last));
        }
        return lower;

        void Row(int i, int from, int to)
        {
            for (var j = from; j < to; j++)
            {
                var rest = lower[i][j] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j));
                lower[i][j] = i == j ? Math.Sqrt(Math.Max(1e-12, rest)) : rest / lower[j][j];
            }
        }
    }

    /// <returns>(n) the diagonal of (L·Lᵀ)⁻¹: the squared lengths of L⁻¹'s columns.</returns>
    static double[] InverseDiagonal(double[][] lower, FitContext context)
    {
        var n = lower.Length;
        var diagonal = new double[n];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, context.Threads), CancellationToken = context.Cancel }, j =>
        {
            var column = new double[n - j];                   // of L⁻¹, from its diagonal on
            column[0] = 1 / lower[j][j];
            for (var i = j + 1; i < n; i++)
                column[i - j] = -TensorPrimitives.Dot<double>(lower[i].AsSpan(j, i - j), column.AsSpan(0, i - j)) / lower[i][i];
            diagonal[j] = TensorPrimitives.Dot<double>(column, column);
        });
        return diagonal;
    }
}
