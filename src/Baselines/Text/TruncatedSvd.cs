using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Kaggle.Baselines.Text;

/// <summary>The few directions along which sparse rows vary most.</summary>
/// <param name="Directions">(features, rank) orthonormal columns: X ≈ U · diag(Strengths) · Directionsᵀ.</param>
/// <param name="Strengths">(rank) singular values, the greatest first.</param>
/// <param name="Rank">How many.</param>
/// <remarks>Randomised range finder with power iterations: N. Halko, P. Martinsson, J. Tropp, SIAM Review 53 (2011), algorithms 4.4 and 5.1.</remarks>
sealed record TruncatedSvd(float[] Directions, float[] Strengths, int Rank)
{
    const int Spare = 10;                                     // more directions than asked for: the last ones come out blurred

    /// <param name="x">Not centred.</param>
    /// <param name="rank">How many directions, at most.</param>
    /// <param name="seed">Of the directions that the search begins with.</param>
    /// <param name="threads">How many threads multiply.</param>
    /// <param name="rounds">Times that the rows are passed over twice.</param>
    public static TruncatedSvd Of(SparseRows x, int rank, int seed, int threads, int rounds = 5)
    {
        var width = Math.Min(rank + Spare, Math.Min(x.Count, x.Width));
        if (width == 0) return new([], [], 0);
        var across = x.Transposed();
        var random = new Random(seed);
        var start = new float[x.Width * width];
        for (var i = 0; i < start.Length; i++) start[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        var (basis, kept) = Orthonormal(Times(x, start, width, threads), width);
        for (var round = 0; round < rounds; round++)
        {
            (basis, kept) = Orthonormal(Times(across, basis, kept, threads), kept);
            (basis, kept) = Orthonormal(Times(x, basis, kept, threads), kept);
        }
        var projected = Times(across, basis, kept, threads);   // (features, kept) Xᵀ·Q
        var (directions, strengths) = Turned(projected, kept);
        return Cut(directions, strengths, x.Width, Math.Min(rank, strengths.Length));
    }

    /// <returns>(rows, rank) where each row lies along the directions.</returns>
    public float[] Project(SparseRows x, int threads) => Rank == 0 ? [] : Times(x, Directions, Rank, threads);

    /// <returns>(rows, width) x · dense.</returns>
    static float[] Times(SparseRows x, float[] dense, int width, int threads)
    {
        var product = new float[x.Count * width];
        Parallel.For(0, (x.Count + 255) / 256, new() { MaxDegreeOfParallelism = threads }, block =>
        {
            for (var row = block * 256; row < Math.Min(x.Count, block * 256 + 256); row++)
            {
                var line = product.AsSpan(row * width, width);
                var features = x.FeaturesOf(row);
                var values = x.ValuesOf(row);
                for (var i = 0; i < values.Length; i++)
                    TensorPrimitives.MultiplyAdd(dense.AsSpan(features[i] * width, width), values[i], line, line);
            }
        });
        return product;
    }

    /// <returns>An orthonormal basis of the columns; directions that are rounding only are dropped.</returns>
    static (float[] Basis, int Width) Orthonormal(float[] columns, int width)
    {
        for (var again = 0; again < 2; again++)                // once leaves errors of float32's square root
        {
            var (turned, strengths) = Turned(columns, width);
            (columns, width) = (turned, strengths.Length);
        }
        return (columns, width);
    }

    /// <returns>The columns turned so that they are orthogonal, divided by their lengths, and those lengths.</returns>
    static (float[] Columns, float[] Lengths) Turned(float[] columns, int width)
    {
        var rows = columns.Length / width;
        var gram = new double[width, width];
        var line = new double[width];
        for (var row = 0; row < rows; row++)
        {
            for (var j = 0; j < width; j++) line[j] = columns[row * width + j];
            for (var i = 0; i < width; i++)
                if (line[i] != 0)
                    for (var j = i; j < width; j++) gram[i, j] += line[i] * line[j];
        }
        for (var i = 0; i < width; i++)
            for (var j = 0; j < i; j++) gram[i, j] = gram[j, i];
        var eigen = Matrix<double>.Build.DenseOfArray(gram).Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Select(v => v.Real).ToArray();
        var noise = 1e-9 * values.Max();
        int[] kept = [.. Enumerable.Range(0, width).Where(k => values[k] > noise).OrderByDescending(k => values[k])];
        var turned = new float[rows * kept.Length];
        var turn = kept.Select(k => eigen.EigenVectors.Column(k).Divide(Math.Sqrt(values[k])).ToArray()).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var j = 0; j < width; j++) line[j] = columns[row * width + j];
            for (var k = 0; k < kept.Length; k++) turned[row * kept.Length + k] = (float)TensorPrimitives.Dot<double>(line, turn[k]);
        }
        return (turned, [.. kept.Select(k => (float)Math.Sqrt(values[k]))]);
    }

    /// <summary>The first directions only, each with the sign that makes its greatest weight positive.</summary>
    static TruncatedSvd Cut(float[] directions, float[] strengths, int features, int rank)
    {
        var cut = new float[features * rank];
        for (var k = 0; k < rank; k++)
        {
            var greatest = 0f;
            for (var f = 0; f < features; f++)
                if (Math.Abs(directions[f * strengths.Length + k]) > Math.Abs(greatest)) greatest = directions[f * strengths.Length + k];
            for (var f = 0; f < features; f++) cut[f * rank + k] = directions[f * strengths.Length + k] * (greatest < 0 ? -1 : 1);
        }
        return new(cut, strengths[..rank], rank);
    }
}
