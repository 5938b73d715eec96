using Kaggle.Competitions.AnyImages.Simulation;
using Kaggle.Competitions.DigitRecognizer.Simulation;
using Kaggle.Competitions.FashionMnist.Simulation;
using Kaggle.Competitions.Flowers.Simulation;
using Kaggle.Competitions.PetBreeds.Simulation;
using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;

namespace Kaggle.Tests.Competitions.Samples;

public class PictureSampleTests
{
    static readonly Dictionary<string, Func<IReadOnlyList<SampleFile>>> generators = new()
    {
        ["DigitRecognizer"] = Handwriting.Simulate, ["FashionMnist"] = Wardrobe.Simulate, ["Flowers"] = Meadow.Simulate, ["PetBreeds"] = Litter.Simulate, ["AnyImages"] = Tiles.Simulate,
    };

    public static TheoryData<string> Names => [.. generators.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_committed_files_are_what_the_generator_makes(string name) => Committed.AreWhatIsMade(name, generators[name]());

    [Fact]
    public void All_samples_of_pictures_together_stay_below_two_megabytes() =>
        Assert.InRange(generators.Keys.Sum(name => Directory.GetFiles(Committed.Folder(name)).Sum(f => new FileInfo(f).Length)), 1, 2_000_000);

    [Theory]
    [InlineData("DigitRecognizer", 300, 100, 10)]
    [InlineData("FashionMnist", 300, 100, 10)]
    [InlineData("Flowers", 120, 40, 5)]
    [InlineData("PetBreeds", 72, 24, 4)]
    [InlineData("AnyImages", 90, 30, 3)]
    public void A_sample_is_laid_out_as_real_files_are(string name, int train, int test, int classes)
    {
        var tables = new ImageFiles { LabelPattern = name == "PetBreeds" ? @"([^/]+)_\d+\.\w+$" : null }.Read(Committed.Folder(name))!;

        Assert.Equal((train, test), (tables.Train.Rows, tables.Test.Rows));
        Assert.Equal(classes, Enumerable.Range(0, train).Select(tables.Train["label"].TextAt).Distinct().Count());
    }
}
