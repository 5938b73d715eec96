using Kaggle.Deep.Vision.Samples;

namespace Kaggle.Competitions.DigitRecognizer.Simulation;

/// <summary>Digits as hands might write them: strokes through points that shake, with pens of several widths, turned and leaned.</summary>
public static class Handwriting
{
    const int Side = 28;

    static readonly (double X, double Y)[][][] strokes =
    [
        [Arc(0.5, 0.5, 0.22, 0.32, 0, 360)],
        [[(0.38, 0.32), (0.52, 0.18), (0.52, 0.82)]],
        [[.. Arc(0.5, 0.34, 0.2, 0.17, 180, 390), (0.3, 0.8), (0.72, 0.8)]],
        [[.. Arc(0.48, 0.34, 0.18, 0.16, 190, 450)], [.. Arc(0.48, 0.66, 0.21, 0.17, -90, 160)]],
        [[(0.58, 0.18), (0.28, 0.6), (0.74, 0.6)], [(0.6, 0.42), (0.6, 0.84)]],
        [[(0.68, 0.2), (0.38, 0.2), (0.35, 0.46), .. Arc(0.48, 0.62, 0.21, 0.19, -120, 150)]],
        [[(0.6, 0.18), (0.42, 0.36), (0.33, 0.6), .. Arc(0.5, 0.64, 0.18, 0.17, 180, 540)]],
        [[(0.28, 0.22), (0.72, 0.22), (0.46, 0.82)]],
        [Arc(0.5, 0.34, 0.17, 0.15, 90, 450), Arc(0.5, 0.66, 0.2, 0.17, -90, 270)],
        [[.. Arc(0.5, 0.36, 0.17, 0.17, 0, 360), (0.67, 0.36), (0.62, 0.82)]],
    ];

    /// <summary>300 digits to learn from and 100 to name, in MNIST's files.</summary>
    public static IReadOnlyList<SampleFile> Simulate()
    {
        var random = new Random(1998);
        var digits = Enumerable.Range(0, 400).Select(i => (byte)(i % 10)).ToArray();
        random.Shuffle(digits);
        var pictures = Array.ConvertAll(digits, digit => Written(digit, random));
        return
        [
            PictureArchives.Idx("train-images-idx3-ubyte", Side, pictures[..300]), PictureArchives.Idx("train-labels-idx1-ubyte", digits[..300]),
            PictureArchives.Idx("t10k-images-idx3-ubyte", Side, pictures[300..]), PictureArchives.Idx("t10k-labels-idx1-ubyte", digits[300..]),
        ];
    }

    static byte[] Written(int digit, Random random)
    {
        var picture = new DrawnPicture(Side, 1);
        picture.Distort(random, degrees: 15, size: 0.15, move: 0.06);
        var width = 0.07 + 0.07 * random.NextDouble();
        foreach (var stroke in strokes[digit])
            picture.Stroke([.. stroke.Select(p => (p.X + Shake(random), p.Y + Shake(random)))], width, [0.7 + 0.3 * random.NextDouble()]);
        picture.Noise(random, 0.04);
        return picture.Bytes();
    }

    static double Shake(Random random) => (random.NextDouble() - 0.5) * 0.05;

    static (double X, double Y)[] Arc(double x, double y, double wide, double high, double from, double to) =>
        [.. Enumerable.Range(0, 13).Select(i => (from + (to - from) * i / 12) * Math.PI / 180).Select(a => (x + wide * Math.Cos(a), y + high * Math.Sin(a)))];
}
