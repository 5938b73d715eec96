using Kaggle.Core.Data;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using static Kaggle.Tests.Deep.Vision.Augmentation.SomePictures;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation;

public class TestViewsTests
{
    public TestViewsTests() => Libtorch.Load();

    [Fact]
    public void A_mirrored_view_counts_as_much_as_the_plain_one()
    {
        using var scope = NewDisposeScope();
        var x = Random(2, 1, 4);
        Tensor LeftColumn(Tensor pictures) => pictures.select(3, 0).mean([1, 2], keepdim: false).unsqueeze(1);

        var mean = Values(new TestViews { Flip = true }.Mean(x, LeftColumn));

        Assert.Equal(Values((LeftColumn(x) + x.select(3, 3).mean([1, 2]).unsqueeze(1)) / 2), mean, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Shifted_views_are_the_pictures_moved_by_whole_pixels_the_edge_repeated()
    {
        using var scope = NewDisposeScope();
        var (x, views) = (Random(2, 3, 6), new TestViews { Shift = 2 });
        float[] Moved(int by) => [.. Enumerable.Range(0, 2 * 3 * 36).Select(i => Values(x)[i / 36 * 36 + Math.Clamp(i / 6 % 6 + by, 0, 5) * 6 + Math.Clamp(i % 6 + by, 0, 5)])];

        Assert.Equal(3, views.Count);
        Assert.Equal(Moved(-2), Values(views.Other(x, 0)));
        Assert.Equal(Moved(2), Values(views.Other(x, 1)));
    }

    [Fact]
    public void Turned_views_are_the_pictures_interpolated_where_each_pixel_comes_from_either_way()
    {
        using var scope = NewDisposeScope();
        var (x, views) = (Random(2, 3, 9), new TestViews { Turn = 20 });
        double[] Turned(double degrees)
        {
            var (cos, sin) = ((float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180));
            float[] turn = [cos, -sin, 0, sin, cos, 0, 0, 0, 1];
            return ByLoops(Values(x), [.. turn, .. turn], 2, 3, 9, BeyondEdges.Repeated);
        }

        Assert.Equal(3, views.Count);
        Assert.All(Values(views.Other(x, 0)).Zip(Turned(20)), p => Assert.Equal(p.Second, p.First, 1e-4));
        Assert.All(Values(views.Other(x, 1)).Zip(Turned(-20)), p => Assert.Equal(p.Second, p.First, 1e-4));
    }

    [Fact]
    public void Every_view_is_also_mirrored_and_the_mean_is_of_all_the_plain_one_by_its_share()
    {
        using var scope = NewDisposeScope();
        var (x, views) = (Random(2, 3, 6), new TestViews { Flip = true, Shift = 1, Turn = 5, PlainShare = 0.25 });
        Tensor Corner(Tensor pictures) => pictures.select(3, 0).select(2, 0);                 // (batch, channels)

        Assert.Equal(10, views.Count);
        for (var view = 1; view < 9; view += 2) Assert.Equal(Values(views.Other(x, view).flip(3)), Values(views.Other(x, view + 1)));
        var expected = 0.25 * Corner(x) + 0.75 * stack([.. Enumerable.Range(0, 9).Select(view => Corner(views.Other(x, view)))]).mean([0]);
        Assert.All(Values(views.Mean(x, Corner)).Zip(Values(expected)), p => Assert.Equal(p.Second, p.First, 1e-5f));
    }

    [Fact]
    public void Drawn_views_are_fastais_four_and_what_has_no_augmentation_says_so()
    {
        Assert.Equal((5, 0.25), (TestViews.Drawn.Count, TestViews.Drawn.Share));
        Assert.Contains("no augmentation", Assert.Throws<InputException>(() => TestViews.Drawn.Mean(Random(), pictures => pictures)).Message);
    }

    [Fact]
    public void A_draw_depends_on_the_picture_and_the_views_number_alone()
    {
        using var scope = NewDisposeScope();
        var x = (Random(5, 3, 16) * 255).to(ScalarType.Byte);
        float[] Drawn(Tensor pictures, int view) => Values(DrawnViews.Of(pictures, PictureAugmentation.Presized.Transforms(Normalisation.ImageNet, 8), view, Normalisation.ImageNet));

        Assert.Equal(Drawn(x, 0), Drawn(x, 0));
        Assert.NotEqual(Drawn(x, 0), Drawn(x, 1));
        Assert.Equal(Drawn(x, 1)[^192..], Drawn(x.narrow(0, 4, 1), 1));
    }

    [Fact]
    public void A_drawn_view_is_the_picture_as_it_is_learned_from()
    {
        using var scope = NewDisposeScope();
        var x = (Random(40, 1, 8) * 255).to(ScalarType.Byte);
        var plain = Normalisation.PlusMinusOne.For(1).Apply(x);
        var drawn = DrawnViews.Of(x, (PictureAugmentation.None with { Dihedral = true }).Transforms(Normalisation.PlusMinusOne.For(1)), 2, Normalisation.PlusMinusOne.For(1));
        int Position(int i) => Enumerable.Range(0, 8).Single(p => (drawn[i] - (p > 3 ? plain[i].flip(2) : plain[i]).rot90(p % 4, (1, 2))).abs().max().item<float>() < 1e-4);

        Assert.Equal(8, Enumerable.Range(0, 40).Select(Position).Distinct().Count());         // each has one of its own
    }
}
