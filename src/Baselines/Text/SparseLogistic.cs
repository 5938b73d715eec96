using System.Numerics.Tensors;
using Kaggle.Baselines.Linear;

namespace Kaggle.Baselines.Text;

/// <summary>Log loss over sparse rows, and its minimum under a penalty.</summary>
/// <param name="pass">The rows.</param>
/// <param name="truth">(rows) the class's code, or 0 and 1.</param>
/// <param name="weights">(rows) or empty.</param>
/// <param name="outputs">1 for yes or no; else the number of classes.</param>
/// <param name="cancel">Ends the search.</param>
sealed class SparseLogistic(SparsePass pass, ReadOnlyMemory<float> truth, ReadOnlyMemory<float> weights, int outputs, CancellationToken cancel)
{
    const double Tolerance = 1e-5;                             // of the mean loss's slope: below it no label changes

    /// <returns>(features + 1, outputs) the weights that make C · Σ w · log loss + |b|²/2 least.</returns>
    public float[] Minimum(int[] rows, double c, float[]? start = null)
    {
        var all = 0.0;
        foreach (var row in rows) all += WeightOf(row);
        var penalised = (pass.Size / outputs - 1) * outputs;
        var at = start is null ? Start(rows, all) : Array.ConvertAll(start, w => (double)w);
        var narrow = new float[at.Length];
        Lbfgs.Minimise((w, slopes) =>
        {
            TensorPrimitives.ConvertTruncating(w, narrow.AsSpan());
            var loss = pass.Run(rows, narrow, RowLoss, slopes) / all;
            TensorPrimitives.Multiply(slopes, 1 / all, slopes);
            var b = w[..penalised];
            var own = slopes[..penalised];
            TensorPrimitives.MultiplyAdd(b, 1 / (c * all), own, own);
            return loss + TensorPrimitives.SumOfSquares(b) / (2 * c * all);
        }, at, Tolerance, most: 200, cancel);
        return Array.ConvertAll(at, w => (float)w);
    }

    /// <returns>The mean log loss.</returns>
    public double Loss(int[] rows, float[] at)
    {
        var all = 0.0;
        foreach (var row in rows) all += WeightOf(row);
        return pass.Run(rows, at, RowLoss, []) / all;
    }

    /// <summary>No weights; the intercepts that give each class its share.</summary>
    double[] Start(int[] rows, double all)
    {
        var shares = new double[Math.Max(2, outputs)];
        foreach (var row in rows) shares[(int)truth.Span[row]] += WeightOf(row);
        var start = new double[pass.Size];
        double Share(int k) => (shares[k] + 0.5) / (all + 0.5 * shares.Length);
        for (var k = 0; k < outputs; k++) start[pass.Size - outputs + k] = outputs == 1 ? Math.Log(Share(1) / Share(0)) : Math.Log(Share(k));
        return start;
    }

    double RowLoss(int row, Span<float> scores)
    {
        var answer = (int)truth.Span[row];
        var weight = WeightOf(row);
        double loss;
        if (outputs == 1)
        {
            // log(1 + e^−|s|) never overflows.
            double s = scores[0], e = Math.Exp(-Math.Abs(s));
            loss = Math.Log(1 + e) + Math.Max(0, answer == 1 ? -s : s);
            scores[0] = (float)(weight * ((s >= 0 ? 1 : e) / (1 + e) - answer));
        }
        else
        {
            double top = TensorPrimitives.Max<float>(scores), sum = 0, own = scores[answer];
            for (var k = 0; k < scores.Length; k++) sum += Math.Exp(scores[k] - top);
            loss = Math.Log(sum) + top - own;
            for (var k = 0; k < scores.Length; k++) scores[k] = (float)(weight * (Math.Exp(scores[k] - top) / sum - (k == answer ? 1 : 0)));
        }
        return weight * loss;
    }

    float WeightOf(int row) => weights.IsEmpty ? 1 : weights.Span[row];
}
