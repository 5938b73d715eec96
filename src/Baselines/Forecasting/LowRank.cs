using MathNet.Numerics.LinearAlgebra;

namespace Kaggle.Baselines.Forecasting;

/// <summary>Series of one group, as few movements that all of them share.</summary>
static class LowRank
{
    /// <param name="series">Equally long; NaN is a gap.</param>
    /// <param name="rank">How many movements are kept.</param>
    /// <returns>The same series, each in its own size, without gaps.</returns>
    public static float[][] Of(float[][] series, int rank)
    {
        var (count, length) = (series.Length, series[0].Length);
        // Each in parts of its own size, so that the largest do not decide alone.
        double[] sizes = [.. series.Select(one => one.Where(v => !float.IsNaN(v)).Select(v => Math.Abs((double)v)).DefaultIfEmpty(0).Average() is > 0 and var size ? size : 1)];
        var usual = new double[length];
        for (var step = 0; step < length; step++)
            usual[step] = Enumerable.Range(0, count).Where(i => !float.IsNaN(series[i][step])).Select(i => series[i][step] / sizes[i]).DefaultIfEmpty(1).Average();
        var x = Matrix<double>.Build.Dense(count, length, (i, step) => float.IsNaN(series[i][step]) ? usual[step] : series[i][step] / sizes[i]);
        if (rank < count)
        {
            // The left singular vectors are those of x·xᵀ, which is small.
            var vectors = (x * x.Transpose()).Evd(Symmetricity.Symmetric).EigenVectors.SubMatrix(0, count, count - rank, rank);
            x = vectors * (vectors.Transpose() * x);
        }
        return [.. Enumerable.Range(0, count).Select(i => x.Row(i).Select(v => (float)(v * sizes[i])).ToArray())];
    }
}
