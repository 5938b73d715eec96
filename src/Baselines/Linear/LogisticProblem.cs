using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Linear;

/// <param name="Weights">(outputs)(features).</param>
/// <param name="Intercepts">(outputs).</param>
sealed record LogisticFit(float[][] Weights, float[] Intercepts);

/// <summary>Log loss over rows as a function of weights, and its minimum.</summary>
/// <param name="x">(rows, features).</param>
/// <param name="truth">(rows) the class's code, or 0 and 1.</param>
/// <param name="weights">(rows) or empty.</param>
/// <param name="outputs">1 for yes or no; else the number of classes.</param>
/// <param name="context">Threads and cancellation.</param>
sealed class LogisticProblem(Matrix x, ReadOnlyMemory<float> truth, ReadOnlyMemory<float> weights, int outputs, FitContext context)
{
    const int ChunkRows = 2048;                               // fixed, so that sums do not depend on the number of threads
    const int HoldoutFrom = 10_000;                           // rows from which one inner fold tells penalties apart well enough

    readonly int width = x.Columns + 1;                       // the intercept stands last

    public LogisticFit Solve(double c) => Fitted(Minimum(Enumerable.Range(0, x.Rows).ToArray(), c, Start(Enumerable.Range(0, x.Rows))));

    /// <returns>The fit on all rows with the C of least log loss on rows left out.</returns>
    public LogisticFit SolveBest(IReadOnlyList<double> grid, int[] fold)
    {
        var losses = new double[grid.Count];
        for (var f = 0; f < (x.Rows >= HoldoutFrom ? 1 : 5); f++)
        {
            var inner = f;
            int[] learned = [.. Enumerable.Range(0, x.Rows).Where(row => fold[row] != inner)];
            int[] judged = [.. Enumerable.Range(0, x.Rows).Where(row => fold[row] == inner)];
            if (judged.Length > 0 && learned.Length > 0) TensorPrimitives.Add(losses, Losses(learned, judged, grid), losses);
        }
        var best = Array.IndexOf(losses, losses.Min());
        var solution = Start(Enumerable.Range(0, x.Rows));
        int[] all = [.. Enumerable.Range(0, x.Rows)];
        for (var i = 0; i <= best; i++) solution = Minimum(all, grid[i], solution);
        return Fitted(solution);
    }

    /// <returns>The loss at each C; infinite beyond two rises in a row, where weaker penalties only cost time.</returns>
    double[] Losses(int[] learned, int[] judged, IReadOnlyList<double> grid)
    {
        var losses = new double[grid.Count];
        Array.Fill(losses, double.PositiveInfinity);
        var at = Start(learned);
        for (var i = 0; i < grid.Count && !(i > 2 && losses[i - 1] > losses[i - 2] && losses[i - 2] > losses[i - 3]); i++)
        {
            at = Minimum(learned, grid[i], at);
            losses[i] = Loss(judged, at, default);
        }
        return losses;
    }

    /// <summary>No weights; the intercepts that give each class its share.</summary>
    double[] Start(IEnumerable<int> rows)
    {
        var shares = new double[Math.Max(2, outputs)];
        double all = 0;
        foreach (var row in rows)
        {
            shares[(int)truth.Span[row]] += WeightOf(row);
            all += WeightOf(row);
        }
        var start = new double[outputs * width];
        double Share(int k) => (shares[k] + 0.5) / (all + 0.5 * shares.Length);
        for (var k = 0; k < outputs; k++) start[k * width + width - 1] = outputs == 1 ? Math.Log(Share(1) / Share(0)) : Math.Log(Share(k));
        return start;
    }

    double[] Minimum(int[] rows, double c, double[] start)
    {
        double all = 0;
        foreach (var row in rows) all += WeightOf(row);
        var at = (double[])start.Clone();
        Lbfgs.Minimise((w, gradient) =>
        {
            var loss = Loss(rows, w.ToArray(), gradient) / all;
            TensorPrimitives.Multiply(gradient, 1 / all, gradient);
            for (var k = 0; k < outputs; k++)
                for (var j = 0; j < width - 1; j++)
                {
                    var b = w[k * width + j];
                    loss += b * b / (2 * c * all);
                    gradient[k * width + j] += b / (c * all);
                }
            return loss;
        }, at, tolerance: 1e-5, most: 200, context.Cancel);
        return at;
    }

    /// <returns>Σ w·log loss over the rows; the gradient, when asked for, is that of the sum.</returns>
    double Loss(int[] rows, double[] at, Span<double> gradient)
    {
        var w = Array.ConvertAll(at, b => (float)b);
        var withGradient = !gradient.IsEmpty;
        var chunks = (rows.Length + ChunkRows - 1) / ChunkRows;
        var (losses, gradients) = (new double[chunks], new float[withGradient ? chunks : 0][]);
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = context.Threads }, chunk =>
        {
            var here = withGradient ? new float[at.Length] : [];
            var scores = new float[outputs];
            foreach (var row in rows.AsSpan(chunk * ChunkRows, Math.Min(ChunkRows, rows.Length - chunk * ChunkRows)))
                losses[chunk] += RowLoss(row, w, scores, here);
            if (withGradient) gradients[chunk] = here;
        });
        if (!withGradient) return losses.Sum();
        gradient.Clear();
        foreach (var part in gradients)
            for (var i = 0; i < part.Length; i++) gradient[i] += part[i];
        return losses.Sum();
    }

    double RowLoss(int row, float[] w, float[] scores, Span<float> gradient)
    {
        var features = x.Row(row);
        var answer = (int)truth.Span[row];
        var weight = WeightOf(row);
        for (var k = 0; k < outputs; k++)
            scores[k] = w[k * width + width - 1] + TensorPrimitives.Dot(features, w.AsSpan(k * width, width - 1));
        double loss;
        if (outputs == 1)
        {
            // log(1 + e^−|s|) never overflows.
            double s = scores[0], soft = Math.Log(1 + Math.Exp(-Math.Abs(s)));
            loss = soft + Math.Max(0, answer == 1 ? -s : s);
            scores[0] = (float)(1 / (1 + Math.Exp(-s)) - answer);
        }
        else
        {
            double top = TensorPrimitives.Max<float>(scores), sum = 0;
            for (var k = 0; k < outputs; k++) sum += Math.Exp(scores[k] - top);
            loss = Math.Log(sum) + top - scores[answer];
            for (var k = 0; k < outputs; k++) scores[k] = (float)(Math.Exp(scores[k] - top) / sum - (k == answer ? 1 : 0));
        }
        if (!gradient.IsEmpty)
            for (var k = 0; k < outputs; k++)
            {
                var factor = weight * scores[k];
                var line = gradient.Slice(k * width, width - 1);
                TensorPrimitives.MultiplyAdd(features, factor, line, line);
                gradient[k * width + width - 1] += factor;
            }
        return weight * loss;
    }

    LogisticFit Fitted(double[] at) => new(
        [.. Enumerable.Range(0, outputs).Select(k => Array.ConvertAll(at[(k * width)..(k * width + width - 1)], b => (float)b))],
        [.. Enumerable.Range(0, outputs).Select(k => (float)at[k * width + width - 1])]);

    float WeightOf(int row) => weights.IsEmpty ? 1 : weights.Span[row];
}
