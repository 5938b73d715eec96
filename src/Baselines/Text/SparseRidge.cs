using System.Numerics.Tensors;

namespace Kaggle.Baselines.Text;

/// <summary>Least squares over sparse rows under a penalty, by conjugate gradients: no matrix of features is ever made.</summary>
/// <param name="pass">The rows, one output.</param>
/// <param name="truth">(rows).</param>
/// <param name="weights">(rows) or empty.</param>
/// <param name="cancel">Ends the search.</param>
sealed class SparseRidge(SparsePass pass, ReadOnlyMemory<float> truth, ReadOnlyMemory<float> weights, CancellationToken cancel)
{
    const double Tolerance = 1e-4;                             // of the first slope's length
    const int MostSteps = 100;

    /// <returns>(features + 1) the weights that make Σ w (y − a − x·b)² + alpha |b|² least; a stands last.</returns>
    public float[] Minimum(int[] rows, double alpha, float[]? start = null)
    {
        var width = pass.Size - 1;
        var all = 0.0;
        double mean = 0;
        foreach (var row in rows) (all, mean) = (all + WeightOf(row), mean + (double)WeightOf(row) * truth.Span[row]);
        mean /= all;
        var means = Means(rows, all);

        // Rows are centred without being touched: (X − 1mᵀ)v = Xv − m·v.
        var slopes = new double[width + 1];
        double[] Product(double[] v)
        {
            var narrow = new float[width + 1];
            TensorPrimitives.ConvertTruncating<double, float>(v, narrow.AsSpan(0, width));
            narrow[^1] = (float)-TensorPrimitives.Dot<double>(means, v);
            pass.Run(rows, narrow, (row, score) => { score[0] *= WeightOf(row); return 0; }, slopes);
            var product = slopes[..^1];
            TensorPrimitives.MultiplyAdd(means, -slopes[^1], product, product);
            TensorPrimitives.MultiplyAdd(v, alpha, product, product);
            return product;
        }

        pass.Run(rows, new float[width + 1], (row, score) => { score[0] = (float)(WeightOf(row) * (truth.Span[row] - mean)); return 0; }, slopes);
        var left = slopes[..^1];
        TensorPrimitives.MultiplyAdd(means, -slopes[^1], left, left);
        var goal = Tolerance * Math.Sqrt(TensorPrimitives.SumOfSquares<double>(left));
        var b = new double[width];
        if (start is not null)
        {
            b = Array.ConvertAll(start[..^1], w => (double)w);
            TensorPrimitives.Subtract(left, Product(b), left);
        }
        var direction = (double[])left.Clone();
        var length = TensorPrimitives.SumOfSquares<double>(left);
        for (var step = 0; step < MostSteps && Math.Sqrt(length) > goal; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var product = Product(direction);
            var stride = length / TensorPrimitives.Dot<double>(direction, product);
            TensorPrimitives.MultiplyAdd(direction, stride, b, b);
            TensorPrimitives.MultiplyAdd(product, -stride, left, left);
            var next = TensorPrimitives.SumOfSquares<double>(left);
            TensorPrimitives.MultiplyAdd(direction, next / length, left, direction);
            length = next;
        }
        return [.. b.Select(w => (float)w), (float)(mean - TensorPrimitives.Dot<double>(means, b))];
    }

    /// <returns>The mean squared error.</returns>
    public double Loss(int[] rows, float[] at)
    {
        var all = 0.0;
        foreach (var row in rows) all += WeightOf(row);
        return pass.Run(rows, at, (row, score) => WeightOf(row) * Math.Pow(score[0] - truth.Span[row], 2), []) / all;
    }

    double[] Means(int[] rows, double all)
    {
        var sums = new double[pass.Size];
        pass.Run(rows, new float[pass.Size], (row, score) => { score[0] = WeightOf(row); return 0; }, sums);
        var means = sums[..^1];
        TensorPrimitives.Multiply(means, 1 / all, means);
        return means;
    }

    float WeightOf(int row) => weights.IsEmpty ? 1 : weights.Span[row];
}
