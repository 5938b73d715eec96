using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision.Augmentation;
using static Kaggle.Tests.Deep.Vision.Augmentation.SomePictures;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation;

/// <summary>What moves pixels, against bilinear interpolation in two loops and against places read off pictures that say where they are.</summary>
public class ResamplingTests
{
    public ResamplingTests() => Libtorch.Load();

    static Tensor Motion(params float[] cells) => tensor(cells, [1, 3, 3]);

    [Fact]
    public void No_motion_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var x = Random(1);

        Assert.All(Values(Resampling.Sample(x, Motion(1, 0, 0, 0, 1, 0, 0, 0, 1), BeyondEdges.Mirrored)).Zip(Values(x)), p => Assert.Equal(p.Second, p.First, 1e-5f));
    }

    [Fact]
    public void A_mirror_and_a_quarter_turn_move_pixels_whole()
    {
        using var scope = NewDisposeScope();
        var x = Random(1);

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
        var x = Random();
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
                foreach (var side in new int?[] { null, 19, 61 })
                {
                    var sampled = Resampling.Sample(laid, motions, edges, side);
                    Assert.Equal([6, channels, side ?? height, side ?? width], sampled.shape);
                    Assert.All(Values(sampled).Zip(Values(Resampling.SampleByGrid(x, motions, edges, side))), p => Assert.Equal(p.Second, p.First, 2e-4f));
                }
    }

    [Fact]
    public void Half_of_the_pictures_are_mirrored_and_each_stays_one_of_two()
    {
        using var scope = NewDisposeScope();
        var x = Random(64, 1, 4);
        var flipped = Applied(new Resampling(Still with { Flip = true }), x);

        var same = Enumerable.Range(0, 64).Count(i => (flipped[i] - x[i]).abs().max().item<float>() < 1e-5);
        var mirrored = Enumerable.Range(0, 64).Count(i => (flipped[i] - x[i].flip(2)).abs().max().item<float>() < 1e-5);
        Assert.Equal(64, same + mirrored);
        Assert.InRange(mirrored, 20, 44);
    }

    [Fact]
    public void Eight_positions_all_come_and_nothing_else_does()
    {
        using var scope = NewDisposeScope();
        var x = Random(1, 1, 4).expand(128, 1, 4, 4).contiguous();
        Tensor[] positions = [.. from turn in new[] { 0, 1, 2, 3 } from flip in new[] { false, true } let r = x[0].rot90(turn, (1, 2)) select flip ? r.flip(2) : r];
        var moved = Applied(new Resampling(Still with { Dihedral = true }), x);

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
        var motions = Values(new Resampling(Still with { Rotate = rotate, Shift = shift }).Motions(500, CPU, random.Device)).Chunk(9).ToList();

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
        var motions = Values(new Resampling(Still with { Warp = 0.2, AffineChance = 0.5 }).Motions(400, CPU, random.Device)).Chunk(9).ToList();
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

    [Theory]
    [InlineData(BeyondEdges.Mirrored)]
    [InlineData(BeyondEdges.Black)]
    public void Moving_and_cutting_smaller_pictures_out_of_larger_ones_is_one_sampling(BeyondEdges edges)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var x = Random(3, 2, 12);
        var resampling = new Resampling(PictureAugmentation.Presized with { Edges = edges, AffineChance = 1 }, Side: 7);

        var sampled = Applied(resampling, x, seed: 3);

        Assert.Equal([3, 2, 7, 7], sampled.shape);
        Assert.All(Values(sampled).Zip(ByLoops(Values(x), Values(resampling.Motions(3, CPU, random.Device)), 3, 2, 12, edges, into: 7)), p => Assert.Equal(p.Second, p.First, 1e-4));
    }

    [Fact]
    public void The_whole_of_a_picture_on_half_as_many_pixels_is_the_mean_of_each_four()
    {
        using var scope = NewDisposeScope();
        var x = (Random(2, 3, 8) * 255).round().to(ScalarType.Byte);

        var whole = Resampling.Whole(x, 4);

        Assert.All(Values(whole).Zip(Values(nn.functional.avg_pool2d(x.to(float32), 2))), p => Assert.Equal(p.Second, p.First, 1e-3f));
        Assert.Same(x, Resampling.Whole(x, 8));
    }

    /// <param name="X">How the column that a pixel comes from grows along a row, and</param>
    /// <param name="XDown">from row to row.</param>
    /// <param name="YAcross">How its row grows along a row, and</param>
    /// <param name="Y">from row to row.</param>
    /// <param name="MiddleX">The column that the middle comes from, counted from the middle.</param>
    /// <param name="MiddleY">Its row.</param>
    readonly record struct Motions(double X, double XDown, double YAcross, double Y, double MiddleX, double MiddleY);

    /// <summary>What affine settings did to pictures, read off one whose pixels hold their own column and row.</summary>
    static List<Motions> Read(PictureAugmentation settings, int side = 48, int? into = null, int rows = 300)
    {
        using var scope = NewDisposeScope();
        var at = arange(side, float32);
        var x = stack([at.unsqueeze(0).expand(side, side), at.unsqueeze(1).expand(side, side)]).unsqueeze(0).expand(rows, 2, side, side).contiguous();
        var newSide = into ?? side;
        var half = (newSide - 1) / 2.0;
        // About the middle, where no edge changes what is read.
        var (a, b) = (newSide / 2 - 3, newSide / 2 + 2);
        return [.. Values(Applied(new Resampling(settings, into), x)).Chunk(2 * newSide * newSide).Select(p =>
        {
            double Column(int u, int v) => p[v * newSide + u];
            double Row(int u, int v) => p[newSide * newSide + v * newSide + u];
            var motion = new Motions((Column(b, a) - Column(a, a)) / 5, (Column(a, b) - Column(a, a)) / 5, (Row(b, a) - Row(a, a)) / 5, (Row(a, b) - Row(a, a)) / 5, 0, 0);
            return motion with
            {
                MiddleX = Column(a, a) + (half - a) * (motion.X + motion.XDown) - (side - 1) / 2.0,
                MiddleY = Row(a, a) + (half - a) * (motion.YAcross + motion.Y) - (side - 1) / 2.0,
            };
        })];
    }

    [Fact]
    public void Zoom_enlarges_about_a_point_in_the_picture_and_shrinks_within_the_new_one()
    {
        var read = Read(Still with { MinZoom = 0.8, MaxZoom = 1.5 });

        Assert.All(read, m => Assert.Equal((m.X, 0, 0), (m.Y, Math.Round(m.XDown, 3), Math.Round(m.YAcross, 3)), (p, q) => Math.Abs(p.Item1 - q.Item1) < 1e-3 && p.Item2 == q.Item2 && p.Item3 == q.Item3));
        Assert.All(read, m => Assert.InRange(1 / m.X, 0.8 - 1e-3, 1.5 + 1e-3));
        Assert.True(read.Max(m => 1 / m.X) > 1.48 && read.Min(m => 1 / m.X) < 0.82);
        // The part that is seen, or the picture in what is seen, lies wholly inside of the other.
        Assert.All(read, m => Assert.InRange(Math.Max(Math.Abs(m.MiddleX), Math.Abs(m.MiddleY)), 0, 24 * Math.Abs(1 - m.X) + 1e-2));
        Assert.Contains(read, m => Math.Abs(m.MiddleX) > 24 * Math.Abs(1 - m.X) * 0.95 && Math.Abs(1 - m.X) > 0.1);
    }

    [Fact]
    public void Shear_moves_a_row_sideways_by_its_distance_from_the_middle()
    {
        var read = Read(Still with { Shear = 0.3 });

        Assert.All(read, m => Assert.True(Math.Abs(m.X - 1) + Math.Abs(m.Y - 1) + Math.Abs(m.YAcross) + Math.Abs(m.MiddleX) + Math.Abs(m.MiddleY) < 1e-2, $"{m}"));
        Assert.All(read, m => Assert.InRange(Math.Abs(m.XDown), 0, 0.3 + 1e-3));
        Assert.True(read.Max(m => m.XDown) > 0.29 && read.Min(m => m.XDown) < -0.29);
    }

    [Theory]
    [InlineData(0.08, 0.75, null)]
    [InlineData(0.3, 0.75, 24)]
    [InlineData(0.5, 1, 24)]
    public void A_cut_is_a_part_of_the_picture_with_the_area_and_the_sides_asked_for(double area, double aspect, int? into)
    {
        var read = Read(Still with { MinArea = area, MinAspect = aspect }, into: into, rows: 1000);
        var shrinks = 48.0 / (into ?? 48);
        var cuts = read.Select(m => (Wide: m.X / shrinks, High: m.Y / shrinks, m.MiddleX, m.MiddleY)).ToList();

        Assert.All(read, m => Assert.True(Math.Abs(m.XDown) + Math.Abs(m.YAcross) < 1e-3));
        Assert.All(cuts, c => Assert.InRange(c.Wide * c.High, area - 1e-3, 1 + 1e-3));
        Assert.All(cuts, c => Assert.InRange(c.Wide / c.High, aspect - 1e-3, 1 / aspect + 1e-3));
        Assert.All(cuts, c => Assert.True(c.Wide / 2 + Math.Abs(c.MiddleX) / 48 <= 0.5 + 1e-3 && c.High / 2 + Math.Abs(c.MiddleY) / 48 <= 0.5 + 1e-3, $"{c}"));
        Assert.Contains(cuts, c => c.Wide * c.High < area + 0.05);
        Assert.Contains(cuts, c => c.Wide * c.High > 0.93);
        if (aspect < 1) Assert.True(cuts.Min(c => c.Wide / c.High) < aspect + 0.03 && cuts.Max(c => c.Wide / c.High) > 1 / aspect - 0.04);
        // Areas are drawn evenly; those of unequal sides that fit in are fewer near the whole.
        if (aspect == 1) Assert.InRange(cuts.Average(c => c.Wide * c.High), (1 + area) / 2 - 0.02, (1 + area) / 2 + 0.02);
    }
}
