using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using static Kaggle.Tests.Deep.Vision.Augmentation.SomePictures;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation;

public class ErasingTests
{
    const float Untouched = -7;

    public ErasingTests() => Libtorch.Load();

    static Erasing Boxes => new() { Chance = 1, Normalisation = Normalisation.ImageNet };

    static Tensor Erased(PictureAugmentation settings, Tensor pictures) => Applied(Assert.IsType<Erasing>(Assert.Single(settings.Transforms(Normalisation.ImageNet))), pictures);

    [Fact]
    public void An_erased_box_is_a_rectangle_of_at_most_the_area_and_at_most_so_lank()
    {
        using var scope = NewDisposeScope();
        var erased = Values(Applied(Boxes with { MaxArea = 0.3, MinAspect = 0.5 }, full([300, 1, 20, 20], Untouched).expand(300, 3, 20, 20).contiguous())).Chunk(1200);
        List<int> areas = [];
        foreach (var picture in erased)
        {
            var gone = picture.Take(400).Select((v, i) => (v, i)).Where(p => p.v != Untouched).Select(p => (X: p.i % 20, Y: p.i / 20)).ToList();
            areas.Add(gone.Count);
            if (gone.Count == 0) continue;
            var (wide, high) = (gone.Max(p => p.X) - gone.Min(p => p.X) + 1, gone.Max(p => p.Y) - gone.Min(p => p.Y) + 1);
            Assert.Equal(wide * high, gone.Count);
            var atEdge = gone.Any(p => p.X is 0 or 19 || p.Y is 0 or 19);
            if (!atEdge) Assert.True((high - 1.0) / (wide + 1) < 2 && (wide - 1.0) / (high + 1) < 2, $"{wide} × {high}");        // whole pixels at the border
            for (var c = 1; c < 3; c++) Assert.All(gone, p => Assert.NotEqual(Untouched, picture[400 * c + 20 * p.Y + p.X]));
        }
        Assert.All(areas, area => Assert.InRange(area, 0, 0.3 * 400 + 40));
        Assert.True(areas.Max() > 0.25 * 400);
    }

    [Fact]
    public void What_the_network_sees_in_a_box_is_noise_of_mean_0_and_deviation_1()
    {
        using var scope = NewDisposeScope();
        var erased = Applied(Boxes with { MaxArea = 1 }, full([64, 3, 32, 32], Untouched));
        var seen = Normalisation.ImageNet.Apply(erased * 255);

        for (var c = 0; c < 3; c++)
        {
            var noise = Values(seen.select(1, c)).Zip(Values(erased.select(1, c))).Where(p => p.Second != Untouched).Select(p => (double)p.First).ToArray();
            Assert.True(noise.Length > 10_000);
            Assert.Equal(0, noise.Average(), 0.03);
            Assert.Equal(1, noise.Average(v => v * v), 0.04);
            Assert.Equal(3, noise.Average(v => v * v * v * v), 0.25);                    // of a normal distribution; an even one has 1.8
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void So_many_pictures_are_erased_as_was_asked(double chance)
    {
        using var scope = NewDisposeScope();
        var erased = Erased(PictureAugmentation.None with { EraseChance = chance, EraseArea = 1 }, full([500, 3, 16, 16], Untouched));

        Assert.InRange(erased.ne(Untouched).amax([1, 2, 3]).sum().item<long>(), 500 * chance - 65, 500 * chance + 45);
    }

    [Fact]
    public void Cutout_takes_a_square_of_the_mean_colour_out_of_every_picture()
    {
        using var scope = NewDisposeScope();
        var cut = Erased(PictureAugmentation.None with { Cutout = 4 }, full([200, 3, 12, 12], Untouched));
        var seen = Values(Normalisation.ImageNet.Apply(cut * 255)).Chunk(3 * 144);

        foreach (var picture in seen)
        {
            var gone = Enumerable.Range(0, 144).Where(i => Math.Abs(picture[i]) < 1e-5).Select(i => (X: i % 12, Y: i / 12)).ToList();
            Assert.InRange(gone.Count, 4, 16);                                           // the square may hang over an edge, its middle may not
            Assert.Equal((gone.Max(p => p.X) - gone.Min(p => p.X) + 1) * (gone.Max(p => p.Y) - gone.Min(p => p.Y) + 1), gone.Count);
            Assert.All(gone, p => Assert.Equal((0f, 0f), (MathF.Round(picture[144 + 12 * p.Y + p.X], 4), MathF.Round(picture[288 + 12 * p.Y + p.X], 4))));
        }
        Assert.True(seen.Count(p => p.Take(144).Count(v => Math.Abs(v) < 1e-5) == 16) > 60);
    }
}
