using Kaggle.Deep.Vision.Samples;

namespace Kaggle.Competitions.AnyImages.Simulation;

/// <summary>Tiles with one of three patterns in any colours: only the form tells them apart.</summary>
public static class Tiles
{
    const int Side = 48;

    static readonly (string Name, Func<double, double, double> Wave)[] patterns =
    [
        ("stripes", (x, _) => Math.Sin(30 * x)),
        ("checks", (x, y) => Math.Sin(30 * x) * Math.Sin(30 * y) * 1.5),
        ("rings", (x, y) => Math.Sin(45 * Math.Sqrt(Math.Pow(x - 0.5, 2) + Math.Pow(y - 0.5, 2)))),
    ];

    /// <summary>30 of each to learn from, 30 in all to name.</summary>
    public static IReadOnlyList<SampleFile> Simulate()
    {
        var random = new Random(1886);
        var test = Enumerable.Range(0, 30).Select(i => patterns[i % patterns.Length]).ToArray();
        random.Shuffle(test);
        return
        [
            PictureArchives.Zip("train.zip", patterns.SelectMany(p => Enumerable.Range(1, 30).Select(i => ($"{p.Name}/{i:00}.jpg", Fired(p.Wave, random).Jpeg())))),
            PictureArchives.Zip("test.zip", test.Select((p, i) => ($"{i + 1:00}.jpg", Fired(p.Wave, random).Jpeg()))),
            SampleFile.Of("solution.csv", ["id", "label"], test.Select((p, i) => new[] { $"{i + 1:00}.jpg", p.Name })),
        ];
    }

    static DrawnPicture Fired(Func<double, double, double> wave, Random random)
    {
        double[] Colour() => [random.NextDouble(), random.NextDouble(), random.NextDouble()];
        var picture = new DrawnPicture(Side, 3);
        picture.Background(Colour());
        picture.Distort(random, degrees: 180, size: 0.3, move: 0.1);
        picture.Fill((x, y) => -wave(x, y) * 0.05, Colour(), 0.08);
        picture.Noise(random, 0.08);
        return picture;
    }
}
