using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Transforms;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Augmentation.Automatic;
using static Kaggle.Tests.Deep.Vision.Augmentation.SomePictures;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation;

public class AugmentationTests
{
    public AugmentationTests() => Libtorch.Load();

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        using var scope = NewDisposeScope();
        foreach (var transform in new IBatchTransform[] { new Resampling(PictureAugmentation.Photos), new Relighting(PictureAugmentation.Photos), new Erasing { Normalisation = Normalisation.ImageNet } })
        {
            Assert.Equal(Values(Applied(transform, Random(4, 3))), Values(Applied(transform, Random(4, 3))));
            Assert.NotEqual(Values(Applied(transform, Random(4, 3))), Values(Applied(transform, Random(4, 3), seed: 2)));
        }
    }

    [Fact]
    public void Photos_get_fastais_defaults()
    {
        var fastai = new PictureAugmentation
        {
            Flip = true, Dihedral = false, Rotate = 10, MinZoom = 1, MaxZoom = 1.1, Warp = 0.2, AffineChance = 0.75, Lighting = 0.2, LightingChance = 0.75, Edges = BeyondEdges.Mirrored,
            Shift = 0, Shear = 0, MinArea = 1, MinAspect = 0.75, Saturation = 0, Hue = 0, Operations = null, Cutout = 0, EraseChance = 0, EraseArea = 0.3,
        };

        Assert.Equal(fastai, PictureAugmentation.Photos);
        Assert.Equal(fastai with { MinArea = 0.75, MinAspect = 1 }, PictureAugmentation.Presized);
        Assert.Equal(fastai with { Rotate = 20, Warp = 0.4, Lighting = 0.4 }, PictureAugmentation.Photos.Times(2));
    }

    [Fact]
    public void Transforms_move_first_then_change_light_then_wipe_out_and_only_those_that_do_something_are_there()
    {
        Type[] Of(PictureAugmentation settings, int? side = null) => [.. settings.Transforms(Normalisation.ImageNet, side).Select(t => t.GetType())];

        Assert.Empty(Of(PictureAugmentation.None));
        Assert.Equal([typeof(Resampling)], Of(PictureAugmentation.None, side: 8));
        Assert.Equal([typeof(Resampling), typeof(Relighting)], Of(PictureAugmentation.Photos));
        Assert.Equal([typeof(Resampling), typeof(TrivialAugment)], Of(PictureAugmentation.Trivial));
        Assert.Equal([typeof(Resampling), typeof(TrivialAugment), typeof(Relighting), typeof(Erasing), typeof(Erasing)], Of(PictureAugmentation.Trivial with { Lighting = 0.1, Cutout = 8, EraseChance = 0.5 }));
    }

    [Fact]
    public void Presized_pictures_are_drawn_again_by_the_same_seed_and_lie_between_0_and_1()
    {
        using var scope = NewDisposeScope();
        float[] Drawn(int seed) => Values(PictureAugmentation.Presized.Transforms(Normalisation.ImageNet, 16).Aggregate(Random(8, 3, 32), (x, transform) => Applied(transform, x, seed)));

        Assert.Equal(8 * 3 * 16 * 16, Drawn(1).Length);
        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
        Assert.All(Drawn(1), value => Assert.InRange(value, 0, 1));
    }
}
