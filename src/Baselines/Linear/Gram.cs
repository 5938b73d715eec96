using System.Numerics.Tensors;
using Kaggle.Core.Data;

namespace Kaggle.Baselines.Linear;

/// <summary>Sums of products of features and answers over rows, in double: all that squared-error models need to know of the rows.</summary>
/// <remarks>Sums of disjoint rows add up, so an inner fold's training part is the whole less the fold.</remarks>
sealed class Gram(int features, int targets)
{
    /// <summary>(features + targets)²: the upper triangle of Σ w·v·vᵀ, v being a row's features, then its answers.</summary>
    readonly double[] products = new double[(features + targets) * (features + targets)];

    readonly double[] sums = new double[features + targets];

    public int Features { get; } = features;

    public int Targets { get; } = targets;

    public double Weight { get; private set; }

    int Width => Features + Targets;

    public static Gram Of(Matrix x, Matrix y, ReadOnlySpan<float> weights, IEnumerable<int> rows)
    {
        var gram = new Gram(x.Columns, y.Columns);
        var row = new double[gram.Width];
        foreach (var i in rows)
        {
            for (var j = 0; j < x.Columns; j++) row[j] = x.Values.Span[i * x.Columns + j];
            for (var k = 0; k < y.Columns; k++) row[x.Columns + k] = y[i, k];
            gram.Add(row, weights.IsEmpty ? 1 : weights[i]);
        }
        return gram;
    }

    public static Gram operator -(Gram all, Gram part)
    {
        var rest = new Gram(all.Features, all.Targets) { Weight = all.Weight - part.Weight };
        TensorPrimitives.Subtract(all.products, part.products, rest.products);
        TensorPrimitives.Subtract(all.sums, part.sums, rest.sums);
        return rest;
    }

    public double Mean(int column) => sums[column] / Weight;

    public double AnswerMean(int target) => Mean(Features + target);

    /// <returns>(features, features) Σ w (x − mean)(x − mean)ᵀ.</returns>
    public double[,] Centred()
    {
        var centred = new double[Features, Features];
        for (var i = 0; i < Features; i++)
            for (var j = i; j < Features; j++) centred[i, j] = centred[j, i] = Centred(i, j);
        return centred;
    }

    /// <returns>(features) Σ w (x − mean)(y − mean).</returns>
    public double[] WithAnswer(int target) => [.. Enumerable.Range(0, Features).Select(i => Centred(i, Features + target))];

    double Centred(int i, int j) => products[i * Width + j] - sums[i] * sums[j] / Weight;

    void Add(double[] row, double weight)
    {
        Weight += weight;
        for (var i = 0; i < row.Length; i++)
        {
            var factor = weight * row[i];
            if (factor == 0) continue;                        // one-hot columns are mostly 0
            sums[i] += factor;
            var line = products.AsSpan(i * Width + i, Width - i);
            TensorPrimitives.MultiplyAdd(row.AsSpan(i), factor, line, line);
        }
    }
}
