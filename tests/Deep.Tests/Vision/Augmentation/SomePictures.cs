using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using Kaggle.Deep.Vision.Augmentation;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation;

/// <summary>Pictures for tests of what happens to them, and the same sampling by two loops.</summary>
static class SomePictures
{
    /// <summary>Nothing is drawn but what a test adds, and that always.</summary>
    public static readonly PictureAugmentation Still = PictureAugmentation.None with { AffineChance = 1, LightingChance = 1 };

    public static float[] Values(Tensor x) => x.contiguous().data<float>().ToArray();

    public static Tensor Random(int rows = 3, int channels = 2, int side = 6, int seed = 5)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, rows * channels * side * side).Select(_ => random.NextSingle()).ToArray(), [rows, channels, side, side]);
    }

    public static Tensor Applied(IBatchTransform transform, Tensor pictures, int seed = 1)
    {
        using var random = new Randomness(seed, CPU);
        return transform.Apply(new TrainingBatch([pictures], zeros(pictures.shape[0])), random).Inputs[0];
    }

    /// <summary>Bilinear interpolation at the place that each pixel's centre comes from.</summary>
    public static double[] ByLoops(float[] x, float[] motions, int rows, int channels, int side, BeyondEdges edges, int? into = null)
    {
        var newSide = into ?? side;
        var result = new double[rows * channels * newSide * newSide];
        double Mirrored(double at)
        {
            while (at < -0.5 || at > side - 0.5) at = at < -0.5 ? -1 - at : 2 * side - 1 - at;
            return Math.Clamp(at, 0, side - 1);
        }
        for (var i = 0; i < result.Length; i++)
        {
            var (column, row, channel, picture) = (i % newSide, i / newSide % newSide, i / newSide / newSide % channels, i / newSide / newSide / channels);
            var m = motions.AsSpan(9 * picture, 9);
            var (u, v) = ((2 * column + 1.0) / newSide - 1, (2 * row + 1.0) / newSide - 1);
            var w = m[6] * u + m[7] * v + m[8];
            var (px, py) = ((((m[0] * u + m[1] * v + m[2]) / w + 1) * side - 1) / 2, (((m[3] * u + m[4] * v + m[5]) / w + 1) * side - 1) / 2);
            if (edges == BeyondEdges.Mirrored) (px, py) = (Mirrored(px), Mirrored(py));
            if (edges == BeyondEdges.Repeated) (px, py) = (Math.Clamp(px, 0, side - 1), Math.Clamp(py, 0, side - 1));
            var (left, top) = ((int)Math.Floor(px), (int)Math.Floor(py));
            for (var dy = 0; dy < 2; dy++)
                for (var dx = 0; dx < 2; dx++)
                {
                    var (cx, cy) = (left + dx, top + dy);
                    if (cx < 0 || cy < 0 || cx >= side || cy >= side) continue;
                    result[i] += x[((picture * channels + channel) * side + cy) * side + cx] * (1 - Math.Abs(px - cx)) * (1 - Math.Abs(py - cy));
                }
        }
        return result;
    }
}
