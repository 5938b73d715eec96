using System.Numerics.Tensors;

namespace Kaggle.Baselines.Text;

/// <summary>Log loss over sparse rows, and its minimum under a penalty.</summary>
/// <param name="pass">The rows.</param>
/// <param name="truth">(rows) the class's code, or 0 and 1.</param>
/// <param name="weights">(rows) or empty.</param>
/// <param name="outputs">1 for yes or no; else the number of classes.</param>
/// <param name="cancel">Ends the search.</param>
sealed class SparseLogistic(SparsePass pass, ReadOnlyMemory<float> truth, ReadOnlyMemory<float> weights, int outputs, CancellationToken cancel)
{
    /// <returns>(features + 1, outputs) the weights that make C · Σ w · log loss + |b|²/2 least.</returns>
    public float[] Minimum(int[] rows, double c, float[]? start = null)
    {
        var all = WeightOf(rows);
        var at = start is null ? Start(rows, all) : Array.ConvertAll(start, w => (double)w);
        new SparseNewton(pass, rows, outputs, this, all, penalty: 1 / (c * all), cancel).Minimise(at);
        return Array.ConvertAll(at, w => (float)w);
    }

    /// <returns>The mean log loss.</returns>
    public double Loss(int[] rows, float[] at) => pass.Run(rows, at, (row, scores) => RowLoss(row, scores), []) / WeightOf(rows);

    /// <summary>Turns a row's sums into its chances.</summary>
    /// <returns>The row's weighted loss.</returns>
    public double RowLoss(int row, Span<float> scores)
    {
        var answer = (int)truth.Span[row];
        double loss;
        if (outputs == 1)
        {
            // log(1 + e^−|s|) never overflows.
            double s = scores[0], e = Math.Exp(-Math.Abs(s));
            loss = Math.Log(1 + e) + Math.Max(0, answer == 1 ? -s : s);
            scores[0] = (float)((s >= 0 ? 1 : e) / (1 + e));
        }
        else
        {
            double top = TensorPrimitives.Max<float>(scores), sum = 0, own = scores[answer];
            for (var k = 0; k < scores.Length; k++) sum += Math.Exp(scores[k] - top);
            loss = Math.Log(sum) + top - own;
            for (var k = 0; k < scores.Length; k++) scores[k] = (float)(Math.Exp(scores[k] - top) / sum);
        }
        return WeightOf(row) * loss;
    }

    /// <summary>Turns chances into the loss's slopes by the sums.</summary>
    public void Slopes(int row, Span<float> chances)
    {
        chances[outputs == 1 ? 0 : (int)truth.Span[row]] -= outputs == 1 ? truth.Span[row] : 1;
        if (!weights.IsEmpty) TensorPrimitives.Multiply(chances, weights.Span[row], chances);
    }

    /// <summary>Turns changes of the sums into changes of the slopes.</summary>
    public void Curve(int row, ReadOnlySpan<float> chances, Span<float> changes)
    {
        if (outputs == 1) changes[0] *= WeightOf(row) * chances[0] * (1 - chances[0]);
        else
        {
            TensorPrimitives.Add(changes, -TensorPrimitives.Dot(chances, changes), changes);
            TensorPrimitives.Multiply(changes, chances, changes);
            if (!weights.IsEmpty) TensorPrimitives.Multiply(changes, weights.Span[row], changes);
        }
    }

    /// <summary>Turns chances into the loss's second derivatives by each sum alone.</summary>
    public void OwnCurves(int row, Span<float> chances)
    {
        for (var k = 0; k < chances.Length; k++) chances[k] *= WeightOf(row) * (1 - chances[k]);
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

    double WeightOf(int[] rows)
    {
        var all = 0.0;
        foreach (var row in rows) all += WeightOf(row);
        return all;
    }

    float WeightOf(int row) => weights.IsEmpty ? 1 : weights.Span[row];
}
