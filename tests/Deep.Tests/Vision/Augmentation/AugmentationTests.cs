using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using Kaggle.Deep.Vision.Augmentation;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation;

public class AugmentationTests
{
    static readonly PictureAugmentation None = new() { Flip = false, Rotate = 0, MaxZoom = 1, Warp = 0, Lighting = 0, AffineChance = 1, LightingChance = 1 };

    public AugmentationTests() => Libtorch.Load();

    static float[] Values(Tensor x) => x.contiguous().data<float>().ToArray();

    static Tensor Pictures(int rows = 3, int channels = 2, int side = 6, int seed = 5)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, rows * channels * side * side).Select(_ => random.NextSingle()).ToArray(), [rows, channels, side, side]);
    }

    static Tensor Applied(IBatchTransform transform, Tensor pictures, int seed = 1)
    {
        using var random = new Randomness(seed, CPU);
        return transform.Apply(new TrainingBatch([pictures], zeros(pictures.shape[0])), random).Inputs[0];
    }

    static Tensor Motion(params float[] cells) => tensor(cells, [1, 3, 3]);

    [Fact]
    public void No_motion_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(1);

        Assert.All(Values(Resampling.Sample(x, Motion(1, 0, 0, 0, 1, 0, 0, 0, 1), BeyondEdges.Mirrored)).Zip(Values(x)), p => Assert.Equal(p.Second, p.First, 1e-5f));
    }

    [Fact]
    public void A_mirror_and_a_quarter_turn_move_pixels_whole()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(1);

        Assert.All(Values(Resampling.Sample(x, Motion(-1, 0, 0, 0, 1, 0, 0, 0, 1), BeyondEdges.Mirrored)).Zip(Values(x.flip(3))), p => Assert.Equal(p.Second, p.First, 1e-5f));
        Assert.All(Values(Resampling.Sample(x, Motion(0, 1, 0, 1, 0, 0, 0, 0, 1), BeyondEdges.Mirrored)).Zip(Values(x.transpose(2, 3))), p => Assert.Equal(p.Second, p.First, 1e-5f));
    }

    [Theory]
    [InlineData(BeyondEdges.Mirrored)]
    [InlineData(BeyondEdges.Repeated)]
    [InlineData(BeyondEdges.Black)]
    public void One_sampling_is_what_two_loops_compute(BeyondEdges edges)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var x = Pictures();
        var motions = new Resampling(new PictureAugmentation { Shift = 0.2, Shear = 0.2, Rotate = 40, AffineChance = 1 }).Motions(3, CPU, random.Device);

        var sampled = Values(Resampling.Sample(x, motions, edges));

        Assert.All(sampled.Zip(ByLoops(Values(x), Values(motions), 3, 2, 6, edges)), p => Assert.Equal(p.Second, p.First, 1e-4));
    }

    [Theory]
    [InlineData(1, 28, 28)]
    [InlineData(3, 28, 28)]
    [InlineData(3, 37, 53)]
    [InlineData(2, 5, 3)]
    [InlineData(3, 1, 1)]
    public void Sampling_by_pixels_is_libtorchs_sampling_by_a_grid(int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(5, CPU);
        var x = rand(6, channels, height, width, generator: random.Device);
        var motions = new Resampling(new PictureAugmentation { Shift = 0.4, Shear = 0.3, Rotate = 180, MinZoom = 0.5, MaxZoom = 3, Warp = 0.1, AffineChance = 1 }).Motions(6, CPU, random.Device);
        foreach (var edges in Enum.GetValues<BeyondEdges>())
            foreach (var laid in new[] { x, x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) })
                Assert.All(Values(Resampling.Sample(laid, motions, edges)).Zip(Values(Resampling.SampleByGrid(x, motions, edges))), p => Assert.Equal(p.Second, p.First, 2e-4f));
    }

    /// <summary>Bilinear interpolation at the place that each pixel's centre comes from.</summary>
    static double[] ByLoops(float[] x, float[] motions, int rows, int channels, int side, BeyondEdges edges)
    {
        var result = new double[x.Length];
        double Mirrored(double at)
        {
            while (at < -0.5 || at > side - 0.5) at = at < -0.5 ? -1 - at : 2 * side - 1 - at;
            return Math.Clamp(at, 0, side - 1);
        }
        for (var i = 0; i < result.Length; i++)
        {
            var (column, row, channel, picture) = (i % side, i / side % side, i / side / side % channels, i / side / side / channels);
            var m = motions.AsSpan(9 * picture, 9);
            var (u, v) = ((2 * column + 1.0) / side - 1, (2 * row + 1.0) / side - 1);
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

    [Fact]
    public void Half_of_the_pictures_are_mirrored_and_each_stays_one_of_two()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(64, 1, 4);
        var flipped = Applied(new Resampling(None with { Flip = true }), x);

        var same = Enumerable.Range(0, 64).Count(i => (flipped[i] - x[i]).abs().max().item<float>() < 1e-5);
        var mirrored = Enumerable.Range(0, 64).Count(i => (flipped[i] - x[i].flip(2)).abs().max().item<float>() < 1e-5);
        Assert.Equal(64, same + mirrored);
        Assert.InRange(mirrored, 20, 44);
    }

    [Fact]
    public void Eight_positions_all_come_and_nothing_else_does()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(1, 1, 4).expand(128, 1, 4, 4).contiguous();
        Tensor[] positions = [.. from turn in new[] { 0, 1, 2, 3 } from flip in new[] { false, true } let r = x[0].rot90(turn, (1, 2)) select flip ? r.flip(2) : r];
        var moved = Applied(new Resampling(None with { Dihedral = true }), x);

        var seen = Enumerable.Range(0, 128).Select(i => Array.FindIndex(positions, p => (moved[i] - p).abs().max().item<float>() < 1e-5)).ToList();

        Assert.Equal(Enumerable.Range(0, 8), seen.Distinct().Order());
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(0, 0.25)]
    public void Motions_stay_within_what_was_asked(double rotate, double shift)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var motions = Values(new Resampling(None with { Rotate = rotate, Shift = shift }).Motions(500, CPU, random.Device)).Chunk(9).ToList();

        Assert.All(motions, m => Assert.InRange(Math.Abs(Math.Atan2(m[3], m[0])), 0, rotate * Math.PI / 180 + 1e-6));
        Assert.All(motions, m => Assert.InRange(Math.Max(Math.Abs(m[2]), Math.Abs(m[5])), 0, 2 * shift + 1e-6));
        Assert.True(motions.Max(m => Math.Abs(Math.Atan2(m[3], m[0]))) >= rotate * Math.PI / 180 * 0.9);
        Assert.True(motions.Max(m => Math.Abs(m[2])) >= 2 * shift * 0.9);
    }

    /// <summary>The homography that brings four points to four others, by Gauss's elimination of its eight equations.</summary>
    static double[] Homography((double X, double Y)[] from, (double X, double Y)[] to)
    {
        double[][] rows = [.. from.Zip(to).SelectMany(p => new double[][]
        {
            [p.First.X, p.First.Y, 1, 0, 0, 0, -p.Second.X * p.First.X, -p.Second.X * p.First.Y, p.Second.X],
            [0, 0, 0, p.First.X, p.First.Y, 1, -p.Second.Y * p.First.X, -p.Second.Y * p.First.Y, p.Second.Y],
        })];
        for (var k = 0; k < 8; k++)
        {
            var best = Enumerable.Range(k, 8 - k).MaxBy(r => Math.Abs(rows[r][k]));
            (rows[k], rows[best]) = (rows[best], rows[k]);
            for (var r = 0; r < 8; r++)
                if (r != k && rows[r][k] / rows[k][k] is var factor)
                    for (var c = k; c < 9; c++) rows[r][c] -= factor * rows[k][c];
        }
        return [.. Enumerable.Range(0, 8).Select(k => rows[k][8] / rows[k][k]), 1];
    }

    [Fact]
    public void A_tilt_makes_one_edge_longer_and_the_opposite_one_shorter_by_what_was_drawn_each_way_for_itself()
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var motions = Values(new Resampling(None with { Warp = 0.2, AffineChance = 0.5 }).Motions(400, CPU, random.Device)).Chunk(9).ToList();
        List<(double Across, double Down)> drawn = [];
        foreach (var m in motions)
        {
            // Where the old picture's corners lie in the new one: by the inverse, which no code under test computes.
            (double X, double Y)[] corners = [.. new[] { (-1.0, -1.0), (-1, 1), (1, -1), (1, 1) }.Select(c => Moved(Inverse([.. m.Select(v => (double)v)]), c))];
            var (across, down) = ((corners[1].Y - corners[0].Y) / 2 - 1, (corners[2].X - corners[0].X) / 2 - 1);
            (double X, double Y)[] expected = [(-1 - down, -1 - across), (-1 + down, 1 + across), (1 + down, -1 + across), (1 - down, 1 - across)];
            foreach (var (corner, wanted) in corners.Zip(expected)) Assert.True(Math.Abs(corner.X - wanted.X) + Math.Abs(corner.Y - wanted.Y) < 1e-4, $"{corner} for {wanted}");
            var solved = Homography(expected, [(-1, -1), (-1, 1), (1, -1), (1, 1)]);
            Assert.All(m.Zip(solved), p => Assert.Equal(p.Second, p.First / m[8], 1e-4));
            drawn.Add((across, down));
        }

        Assert.All(drawn, d => Assert.InRange(Math.Max(Math.Abs(d.Across), Math.Abs(d.Down)), 0, 0.2 + 1e-4));
        Assert.True(drawn.Max(d => d.Across) > 0.19 && drawn.Min(d => d.Across) < -0.19 && drawn.Max(d => d.Down) > 0.19 && drawn.Min(d => d.Down) < -0.19);
        // Half of the pictures are tilted sideways, half of them back, and which are has nothing to do with each other.
        Assert.All(new[] { drawn.Count(d => Math.Abs(d.Across) > 1e-4), drawn.Count(d => Math.Abs(d.Down) > 1e-4) }, count => Assert.InRange(count, 160, 240));
        Assert.InRange(drawn.Count(d => Math.Abs(d.Across) > 1e-4 != Math.Abs(d.Down) > 1e-4), 160, 240);
    }

    static double[] Inverse(double[] m) =>
    [
        m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
        m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
        m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
    ];

    static (double X, double Y) Moved(double[] m, (double X, double Y) at)
    {
        var depth = m[6] * at.X + m[7] * at.Y + m[8];
        return ((m[0] * at.X + m[1] * at.Y + m[2]) / depth, (m[3] * at.X + m[4] * at.Y + m[5]) / depth);
    }

    [Fact]
    public void A_cut_stays_inside_and_has_the_area_asked_for()
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var motions = Values(new Resampling(None with { MinArea = 0.3 }).Motions(500, CPU, random.Device)).Chunk(9).ToList();

        Assert.All(motions, m => Assert.InRange(m[0] * m[4], 0.3 - 1e-5, 1 + 1e-5));
        Assert.All(motions, m => Assert.InRange(Math.Abs(m[2]) + m[0], 0, 1 + 1e-5));
    }

    [Fact]
    public void Light_is_the_formula_of_logits()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(200, 1, 2, seed: 9) * 0.8 + 0.1;
        var lit = Applied(new Relighting(None with { Lighting = 0.2 }), x);

        // Two pixels of a picture tell both draws; the others must follow from them.
        static double Logit(double p) => Math.Log(p / (1 - p));
        var (before, after) = (Values(x).Chunk(4).ToList(), Values(lit).Chunk(4).ToList());
        foreach (var (a, b) in before.Zip(after))
        {
            var contrast = (Logit(b[0]) - Logit(b[1])) / (Logit(a[0]) - Logit(a[1]));
            var brightness = Logit(b[0]) / contrast - Logit(a[0]);
            if (Math.Abs(Logit(a[0]) - Logit(a[1])) < 0.2) continue;                 // too near to tell
            Assert.InRange(contrast, 0.8 - 0.01, 1 / 0.8 + 0.01);
            Assert.InRange(brightness, Logit(0.4) - 0.02, Logit(0.6) + 0.02);
            Assert.Equal(contrast * (Logit(a[2]) + brightness), Logit(b[2]), 0.02);
        }
    }

    [Fact]
    public void Greys_have_no_saturation_and_no_hue()
    {
        using var scope = NewDisposeScope();
        var grey = Pictures(8, 1, 4).clamp(0.01, 0.99).expand(8, 3, 4, 4).contiguous();
        var turned = Applied(new Relighting(None with { Saturation = 0.5, Hue = 0.2 }), grey);

        Assert.All(Values(turned).Zip(Values(grey)), p => Assert.Equal(p.Second, p.First, 5e-3f));
    }

    [Fact]
    public void Hue_keeps_how_light_a_colour_is()
    {
        using var scope = NewDisposeScope();
        var luma = tensor(new[] { 0.299f, 0.587f, 0.114f }).view(1, 3, 1, 1);
        var x = Pictures(16, 3, 4) * 0.2 + 0.4;
        var turned = Applied(new Relighting(None with { Hue = 0.3 }), x);

        Assert.All(Values((turned * luma).sum(1)).Zip(Values((x * luma).sum(1))), p => Assert.Equal(p.Second, p.First, 2e-3f));
        Assert.True((turned - x).abs().max().item<float>() > 0.02);
    }

    [Fact]
    public void An_erased_box_is_a_rectangle_of_at_most_the_area()
    {
        using var scope = NewDisposeScope();
        var x = full([40, 1, 20, 20], -1f);
        var erased = Values(Applied(new Erasing { Chance = 1, MaxArea = 0.3 }, x)).Chunk(400);

        foreach (var picture in erased)
        {
            var gone = picture.Select((v, i) => (v, i)).Where(p => p.v != -1).Select(p => (X: p.i % 20, Y: p.i / 20)).ToList();
            Assert.InRange(gone.Count, 0, 0.3 * 400 + 40);                            // whole pixels at the border
            if (gone.Count > 0) Assert.Equal((gone.Max(p => p.X) - gone.Min(p => p.X) + 1) * (gone.Max(p => p.Y) - gone.Min(p => p.Y) + 1), gone.Count);
        }
    }

    [Fact]
    public void Cutout_takes_a_square()
    {
        using var scope = NewDisposeScope();
        var cut = Values(Applied(new Erasing { Chance = 1, Square = 4 }, zeros(50, 1, 12, 12))).Chunk(144);

        Assert.All(cut, picture => Assert.InRange(picture.Count(v => v == 0.5f), 4, 16));
        Assert.Contains(cut, picture => picture.Count(v => v == 0.5f) == 16);
    }

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        using var scope = NewDisposeScope();
        foreach (var transform in new IBatchTransform[] { new Resampling(PictureAugmentation.Photos), new Relighting(PictureAugmentation.Photos), new Erasing() })
        {
            Assert.Equal(Values(Applied(transform, Pictures(4, 3))), Values(Applied(transform, Pictures(4, 3))));
            Assert.NotEqual(Values(Applied(transform, Pictures(4, 3))), Values(Applied(transform, Pictures(4, 3), seed: 2)));
        }
    }

    [Fact]
    public void Views_of_an_invariant_model_change_nothing()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(3, 3, 8);
        Tensor Invariant(Tensor pictures) => pictures.amax([2, 3]).pow(0);            // whatever the picture, ones

        var views = new TestViews { Flip = true, Shift = 1, Turn = 5, PlainShare = 0.25 };
        Assert.Equal(10, views.Count);
        Assert.All(Values(views.Mean(x, Invariant)), value => Assert.Equal(1, value, 1e-6f));
    }

    [Fact]
    public void A_mirrored_view_counts_as_much_as_the_plain_one()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(2, 1, 4);
        Tensor LeftColumn(Tensor pictures) => pictures.select(3, 0).mean([1, 2], keepdim: false).unsqueeze(1);

        var mean = Values(new TestViews { Flip = true }.Mean(x, LeftColumn));

        Assert.Equal(Values((LeftColumn(x) + x.select(3, 3).mean([1, 2]).unsqueeze(1)) / 2), mean, (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
