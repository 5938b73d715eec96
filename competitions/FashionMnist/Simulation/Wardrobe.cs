using Kaggle.Deep.Vision.Samples;

namespace Kaggle.Competitions.FashionMnist.Simulation;

/// <summary>Garments as outlines on black: each of its kind's cut, with its own width, cloth and stripes.</summary>
public static class Wardrobe
{
    const int Side = 28;

    // Corners of the right half from top to bottom; the left half mirrors them. Shoes and bags have outlines of their own.
    static readonly (double X, double Y)[][] halves =
    [
        [(0.08, 0.12), (0.2, 0.14), (0.42, 0.3), (0.36, 0.4), (0.24, 0.34), (0.24, 0.86)],                          // T-shirt
        [(0.2, 0.1), (0.24, 0.9), (0.1, 0.9), (0.02, 0.4)],                                                         // trousers
        [(0.08, 0.14), (0.22, 0.16), (0.4, 0.7), (0.32, 0.74), (0.22, 0.42), (0.22, 0.86)],                         // pullover
        [(0.06, 0.1), (0.14, 0.1), (0.12, 0.36), (0.26, 0.92)],                                                     // dress
        [(0.1, 0.1), (0.24, 0.14), (0.4, 0.74), (0.32, 0.78), (0.26, 0.46), (0.28, 0.94)],                          // coat
        [],
        [(0.08, 0.12), (0.22, 0.14), (0.4, 0.52), (0.32, 0.58), (0.22, 0.38), (0.24, 0.84)],                        // shirt
        [],
        [],
        [],
    ];

    static readonly Dictionary<int, (double X, double Y)[]> outlines = new()
    {
        [5] = [(0.08, 0.7), (0.3, 0.62), (0.62, 0.42), (0.9, 0.46), (0.92, 0.72), (0.1, 0.76)],                      // sandal
        [7] = [(0.06, 0.62), (0.4, 0.48), (0.56, 0.34), (0.92, 0.4), (0.94, 0.7), (0.08, 0.72)],                     // sneaker
        [8] = [(0.14, 0.4), (0.86, 0.4), (0.92, 0.88), (0.08, 0.88)],                                                // bag
        [9] = [(0.06, 0.72), (0.42, 0.56), (0.5, 0.14), (0.88, 0.14), (0.92, 0.8), (0.08, 0.82)],                    // boot
    };

    /// <summary>300 garments to learn from and 100 to name, in MNIST's files.</summary>
    public static IReadOnlyList<SampleFile> Simulate()
    {
        var random = new Random(2017);
        var kinds = Enumerable.Range(0, 400).Select(i => (byte)(i % 10)).ToArray();
        random.Shuffle(kinds);
        var pictures = Array.ConvertAll(kinds, kind => Worn(kind, random));
        return
        [
            PictureArchives.Idx("train-images-idx3-ubyte", Side, pictures[..300]), PictureArchives.Idx("train-labels-idx1-ubyte", kinds[..300]),
            PictureArchives.Idx("t10k-images-idx3-ubyte", Side, pictures[300..]), PictureArchives.Idx("t10k-labels-idx1-ubyte", kinds[300..]),
        ];
    }

    static byte[] Worn(int kind, Random random)
    {
        var picture = new DrawnPicture(Side, 1);
        picture.Distort(random, degrees: 4, size: 0.1, move: 0.04);
        double[] cloth = [0.4 + 0.5 * random.NextDouble()];
        var wide = 0.85 + 0.3 * random.NextDouble();
        if (outlines.TryGetValue(kind, out var outline)) picture.Polygon(Shaken(outline, random), cloth);
        else
        {
            var half = Shaken(halves[kind], random);
            picture.Polygon([.. half.Select(p => (0.5 + wide * p.X, p.Y)), .. half.Reverse().Select(p => (0.5 - wide * p.X, p.Y))], cloth);
        }
        if (kind == 8) picture.Stroke([(0.3, 0.42), (0.34, 0.2), (0.66, 0.2), (0.7, 0.42)], 0.06, cloth);
        if (kind == 5) picture.Ellipse(0.55, 0.6, 0.16, 0.08, [0]);                                                   // sandals are open
        if (kind is 4 or 6) picture.Stroke([(0.5, 0.14), (0.5, 0.86)], 0.03, [cloth[0] * 0.5]);                         // what is buttoned
        var (stripes, phase) = (random.Next(3) == 0 ? 0.25 : 0.05, random.NextDouble() * 6);
        picture.Shade((_, y) => 1 - stripes * (0.5 + 0.5 * Math.Sin(y * 40 + phase)));
        picture.Noise(random, 0.05);
        return picture.Bytes();
    }

    static (double X, double Y)[] Shaken((double X, double Y)[] points, Random random) =>
        Array.ConvertAll(points, p => (p.X + (random.NextDouble() - 0.5) * 0.05, p.Y + (random.NextDouble() - 0.5) * 0.05));
}
