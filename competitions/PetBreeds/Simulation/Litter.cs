using Kaggle.Deep.Vision.Samples;

namespace Kaggle.Competitions.PetBreeds.Simulation;

/// <summary>Heads of four breeds: ears, snouts and coats differ, light and pose do too.</summary>
public static class Litter
{
    const int Side = 64;

    readonly record struct Breed(string Name, bool PointedEars, double EarLength, double Snout, double[] Coat, bool Spotted);

    static readonly Breed[] breeds =
    [
        new("Abyssinian", true, 0.2, 0.06, [0.7, 0.45, 0.25], false),
        new("Bombay", true, 0.15, 0.06, [0.12, 0.12, 0.14], false),
        new("beagle", false, 0.3, 0.13, [0.65, 0.42, 0.25], true),
        new("great_pyrenees", false, 0.2, 0.15, [0.92, 0.9, 0.85], false),
    ];

    /// <summary>24 of each breed in images.zip, by names that tell the breed; every fourth stands in test.txt.</summary>
    public static IReadOnlyList<SampleFile> Simulate()
    {
        var random = new Random(2012);
        var names = breeds.SelectMany(breed => Enumerable.Range(1, 24).Select(i => (Breed: breed, Name: $"{breed.Name}_{i}"))).ToList();
        return
        [
            PictureArchives.Zip("images.zip", names.Select(n => ($"images/{n.Name}.jpg", Seen(n.Breed, random).Jpeg()))),
            new("test.txt", string.Concat(names.Where((_, i) => i % 4 == 3).Select(n => n.Name + "\n"))),
        ];
    }

    static DrawnPicture Seen(Breed breed, Random random)
    {
        var picture = new DrawnPicture(Side, 3);
        var room = 0.3 + 0.4 * random.NextDouble();
        picture.Background([room, room * 0.95, room * (0.8 + 0.3 * random.NextDouble())]);
        picture.Distort(random, degrees: 20, size: 0.2, move: 0.1);
        var light = 0.8 + 0.3 * random.NextDouble();
        double[] coat = Array.ConvertAll(breed.Coat, c => Math.Clamp(c * light + (random.NextDouble() - 0.5) * 0.1, 0, 1));
        double[] dark = Array.ConvertAll(coat, c => c * 0.7);
        foreach (var side in new[] { -1, 1 })
            if (breed.PointedEars) picture.Polygon([(0.5 + side * 0.06, 0.32), (0.5 + side * 0.26, 0.42), (0.5 + side * 0.24, 0.36 - breed.EarLength)], dark);
            else picture.Ellipse(0.5 + side * 0.27, 0.45 + breed.EarLength / 3, 0.08, breed.EarLength, dark);
        picture.Ellipse(0.5, 0.5, 0.25, 0.24, coat);
        if (breed.Spotted) picture.Ellipse(0.5, 0.42, 0.07, 0.17, [0.95, 0.95, 0.92]);
        picture.Ellipse(0.5, 0.6, breed.Snout, breed.Snout * 0.8, Array.ConvertAll(coat, c => Math.Min(1, c * 1.2 + 0.05)));
        foreach (var side in new[] { -1, 1 }) picture.Ellipse(0.5 + side * 0.1, 0.45, 0.035, 0.035, breed.PointedEars ? [0.75, 0.75, 0.2] : [0.08, 0.05, 0.04]);
        picture.Ellipse(0.5, 0.57, 0.035, 0.025, [0.1, 0.06, 0.06]);
        picture.Noise(random, 0.04);
        return picture;
    }
}
