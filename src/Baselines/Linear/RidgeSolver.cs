using Kaggle.Core.Data;
using MathNet.Numerics.LinearAlgebra;

namespace Kaggle.Baselines.Linear;

/// <param name="Weights">(features).</param>
/// <param name="Intercept">Added to the sum.</param>
/// <param name="Alpha">The penalty used.</param>
/// <param name="Errors">Answer − prediction for rows left out.</param>
sealed record LinearFit(float[] Weights, float Intercept, double Alpha, float[] Errors);

/// <summary>Ridge regression for every penalty at once.</summary>
/// <remarks>
/// With the centred rows A = √w (x − mean) and AᵀA = V S Vᵀ (or AAᵀ = U S Uᵀ when there are fewer rows than features):
/// weights = V (S + alpha)⁻¹ Vᵀ Aᵀb, a row's own share of its prediction h = Σ z² / (s + alpha) + w / Σw with z = Vᵀa,
/// and its error when left out is its residual / (1 − h).
/// </remarks>
sealed class RidgeSolver
{
    const int JudgedRows = 20_000;                            // leave-one-out errors of more rows choose no other penalty

    readonly Matrix x;
    readonly Matrix y;
    readonly ReadOnlyMemory<float> weights;
    readonly double[] means;
    readonly double weight;
    readonly double[] spectrum;                               // S, the positive ones
    readonly double[][] axes;                                 // V, one array an axis
    readonly int[] judged;
    readonly float[] projected;                               // (judged, axes) z

    public RidgeSolver(Matrix x, Matrix y, ReadOnlyMemory<float> weights)
    {
        if (x.Rows == 0) throw new InputException("There are no rows to learn from.");
        (this.x, this.y, this.weights) = (x, y, weights);
        weight = Enumerable.Range(0, x.Rows).Sum(WeightOf);
        means = new double[x.Columns];
        for (var row = 0; row < x.Rows; row++)
            for (var j = 0; j < means.Length; j++) means[j] += WeightOf(row) * x[row, j] / weight;
        (spectrum, axes) = x.Columns <= x.Rows ? OfFeatures() : OfRows();
        var step = Math.Max(1, (x.Rows + JudgedRows - 1) / JudgedRows);
        judged = [.. Enumerable.Range(0, (x.Rows + step - 1) / step).Select(i => i * step)];
        projected = new float[judged.Length * axes.Length];
        for (var i = 0; i < judged.Length; i++)
        {
            var a = Centred(judged[i]);
            for (var k = 0; k < axes.Length; k++) projected[i * axes.Length + k] = (float)Dot(a, axes[k]);
        }
    }

    public LinearFit Solve(int target, double? alpha)
    {
        double mean = 0;
        for (var row = 0; row < x.Rows; row++) mean += WeightOf(row) * y[row, target] / weight;
        var moments = new double[x.Columns];                  // Aᵀb
        for (var row = 0; row < x.Rows; row++)
        {
            var b = WeightOf(row) * (y[row, target] - mean);
            for (var j = 0; j < moments.Length; j++) moments[j] += b * (x[row, j] - means[j]);
        }
        var along = axes.Select(v => Dot(v, moments)).ToArray();

        LinearFit? best = null;
        var least = double.PositiveInfinity;
        foreach (var candidate in alpha is { } given ? [given] : Grid)
        {
            var errors = Errors(target, mean, along, candidate);
            double loss = 0;
            for (var i = 0; i < errors.Length; i++) loss += WeightOf(judged[i]) * errors[i] * errors[i];
            if (best is not null && !(loss < least)) continue;
            least = loss;
            var slopes = Slopes(along, candidate);
            best = new(Array.ConvertAll(slopes, b => (float)b), (float)(mean - Dot(slopes, means)), candidate, errors);
        }
        return best!;
    }

    static IEnumerable<double> Grid => Enumerable.Range(0, 22).Select(i => Math.Pow(10, 5 - i / 3.0));    // the strongest first: ties go to it

    double[] Slopes(double[] along, double alpha)
    {
        var slopes = new double[x.Columns];
        for (var k = 0; k < axes.Length; k++)
        {
            var factor = along[k] / (spectrum[k] + alpha);
            for (var j = 0; j < slopes.Length; j++) slopes[j] += factor * axes[k][j];
        }
        return slopes;
    }

    float[] Errors(int target, double mean, double[] along, double alpha)
    {
        var errors = new float[judged.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            var w = WeightOf(judged[i]);
            var root = Math.Sqrt(w);
            double fitted = 0, own = w / weight;
            for (var k = 0; k < axes.Length; k++)
            {
                double z = projected[i * axes.Length + k], shrunk = 1 / (spectrum[k] + alpha);
                fitted += z * along[k] * shrunk;
                own += z * z * shrunk;
            }
            var residual = y[judged[i], target] - mean - (root > 0 ? fitted / root : 0);
            errors[i] = (float)(residual / Math.Max(1e-6, 1 - own));
        }
        return errors;
    }

    (double[], double[][]) OfFeatures()
    {
        var gram = Gram.Of(x, new(new float[x.Rows], 1), weights.Span, Enumerable.Range(0, x.Rows)).Centred();
        var (values, vectors) = Eigen(gram);
        var kept = Kept(values);
        return ([.. kept.Select(k => values[k])], [.. kept.Select(k => vectors.Column(k).ToArray())]);
    }

    (double[], double[][]) OfRows()
    {
        var rows = Enumerable.Range(0, x.Rows).Select(Centred).ToArray();
        var gram = new double[x.Rows, x.Rows];
        for (var i = 0; i < rows.Length; i++)
            for (var j = i; j < rows.Length; j++) gram[i, j] = gram[j, i] = Dot(rows[i], rows[j]);
        var (values, vectors) = Eigen(gram);
        var kept = Kept(values);
        return ([.. kept.Select(k => values[k])], [.. kept.Select(k =>
        {
            var axis = new double[x.Columns];
            for (var i = 0; i < rows.Length; i++)
                for (var j = 0; j < axis.Length; j++) axis[j] += vectors[i, k] / Math.Sqrt(values[k]) * rows[i][j];
            return axis;
        })]);
    }

    static (double[] Values, Matrix<double> Vectors) Eigen(double[,] symmetric)
    {
        var evd = Matrix<double>.Build.DenseOfArray(symmetric).Evd(Symmetricity.Symmetric);
        return ([.. evd.EigenValues.Select(v => v.Real)], evd.EigenVectors);
    }

    static int[] Kept(double[] values)
    {
        var noise = 1e-10 * Math.Max(1e-300, values.Max());
        return [.. Enumerable.Range(0, values.Length).Where(k => values[k] > noise)];
    }

    double[] Centred(int row)
    {
        var root = Math.Sqrt(WeightOf(row));
        var centred = new double[x.Columns];
        for (var j = 0; j < centred.Length; j++) centred[j] = root * (x[row, j] - means[j]);
        return centred;
    }

    double WeightOf(int row) => weights.IsEmpty ? 1 : weights.Span[row];

    static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);
}
