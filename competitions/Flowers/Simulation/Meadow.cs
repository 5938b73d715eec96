using Kaggle.Deep.Vision.Samples;

namespace Kaggle.Competitions.Flowers.Simulation;

/// <summary>Five flowers over grass: the kinds differ in the number and shape of their petals and in colours that overlap.</summary>
public static class Meadow
{
    const int Side = 64;

    readonly record struct Kind(string Name, int Petals, double Length, double Width, double[] Petal, double[] Heart, double HeartSize);

    static readonly Kind[] kinds =
    [
        new("daisy", 14, 0.26, 0.05, [0.95, 0.95, 0.92], [0.95, 0.78, 0.15], 0.09),
        new("dandelion", 26, 0.24, 0.035, [0.96, 0.85, 0.15], [0.9, 0.7, 0.1], 0.05),
        new("roses", 7, 0.17, 0.13, [0.8, 0.15, 0.25], [0.6, 0.08, 0.15], 0.08),
        new("sunflowers", 18, 0.28, 0.06, [0.95, 0.72, 0.1], [0.35, 0.2, 0.08], 0.15),
        new("tulips", 4, 0.24, 0.12, [0.85, 0.3, 0.45], [0.9, 0.75, 0.3], 0.04),
    ];

    /// <summary>24 of each kind to learn from, 8 to name.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => [Part("train.zip", 24, new(1753)), Part("val.zip", 8, new(1754))];

    static SampleFile Part(string name, int each, Random random) => PictureArchives.Zip(name,
        kinds.SelectMany(kind => Enumerable.Range(1, each).Select(i => ($"{kind.Name}/{i:00}.jpg", Grown(kind, random).Jpeg()))));

    static DrawnPicture Grown(Kind kind, Random random)
    {
        var picture = new DrawnPicture(Side, 3);
        var grass = 0.2 + 0.3 * random.NextDouble();
        picture.Background([grass * 0.5, grass, grass * 0.4]);
        picture.Distort(random, degrees: 180, size: 0.3, move: 0.12);
        var light = 0.75 + 0.25 * random.NextDouble();
        double[] petal = Lit(kind.Petal, light, random), heart = Lit(kind.Heart, light, random);
        var petals = kind.Petals + random.Next(-1, 2);
        for (var i = 0; i < petals; i++)
        {
            var angle = 2 * Math.PI * (i + 0.3 * random.NextDouble()) / petals;
            var (length, cos, sin) = (kind.Length * (0.85 + 0.3 * random.NextDouble()), Math.Cos(angle), Math.Sin(angle));
            picture.Fill((x, y) =>
            {
                var (along, across) = ((x - 0.5) * cos + (y - 0.5) * sin - length / 2 - kind.HeartSize / 2, (y - 0.5) * cos - (x - 0.5) * sin);
                return (Math.Sqrt(Math.Pow(along / (length / 2), 2) + Math.Pow(across / kind.Width, 2)) - 1) * kind.Width;
            }, [petal[0] * (0.85 + 0.15 * (i % 2)), petal[1] * (0.85 + 0.15 * (i % 2)), petal[2] * (0.85 + 0.15 * (i % 2))]);
        }
        picture.Ellipse(0.5, 0.5, kind.HeartSize, kind.HeartSize, heart);
        picture.Noise(random, 0.04);
        return picture;
    }

    static double[] Lit(double[] colour, double light, Random random) =>
        Array.ConvertAll(colour, c => Math.Clamp(c * light + (random.NextDouble() - 0.5) * 0.25, 0, 1));
}
