using Kaggle.Deep.Native;
using Kaggle.Deep.Vision.Augmentation;
using static Kaggle.Tests.Deep.Vision.Augmentation.SomePictures;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation;

/// <summary>What changes light: what was drawn is read off some pixels, and the others must follow from it.</summary>
public class RelightingTests
{
    public RelightingTests() => Libtorch.Load();

    [Fact]
    public void Light_is_the_formula_of_logits()
    {
        using var scope = NewDisposeScope();
        var x = Random(200, 1, 2, seed: 9) * 0.8 + 0.1;
        var lit = Applied(new Relighting(Still with { Lighting = 0.2 }), x);

        // Two pixels of a picture tell both draws; the others must follow from them.
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
        var grey = Random(8, 1, 4).clamp(0.01, 0.99).expand(8, 3, 4, 4).contiguous();
        var turned = Applied(new Relighting(Still with { Saturation = 0.5, Hue = 0.2 }), grey);

        Assert.All(Values(turned).Zip(Values(grey)), p => Assert.Equal(p.Second, p.First, 5e-3f));
    }

    [Fact]
    public void Hue_keeps_how_light_a_colour_is()
    {
        using var scope = NewDisposeScope();
        var luma = tensor(new[] { 0.299f, 0.587f, 0.114f }).view(1, 3, 1, 1);
        var x = Random(16, 3, 4) * 0.2 + 0.4;
        var turned = Applied(new Relighting(Still with { Hue = 0.3 }), x);

        Assert.All(Values((turned * luma).sum(1)).Zip(Values((x * luma).sum(1))), p => Assert.Equal(p.Second, p.First, 2e-3f));
        Assert.True((turned - x).abs().max().item<float>() > 0.02);
    }

    static double Logit(double p) => Math.Log(p / (1 - p));

    /// <returns>Of each picture its pixels, of each pixel red, green and blue.</returns>
    static IEnumerable<double[][]> Pixels(Tensor pictures)
    {
        var size = (int)(pictures.shape[2] * pictures.shape[3]);
        return Values(pictures).Chunk(3 * size).Select(p => Enumerable.Range(0, size).Select(i => new double[] { p[i], p[size + i], p[2 * size + i] }).ToArray());
    }

    [Fact]
    public void Saturation_multiplies_how_far_a_pixels_logits_lie_from_their_grey()
    {
        using var scope = NewDisposeScope();
        var x = Random(300, 3, 3, seed: 9) * 0.8 + 0.1;
        var lit = Applied(new Relighting(Still with { Saturation = 0.4 }), x);

        static double Grey(double[] colour) => 0.299 * Logit(colour[0]) + 0.587 * Logit(colour[1]) + 0.114 * Logit(colour[2]);
        List<double> factors = [];
        foreach (var (before, after) in Pixels(x).Zip(Pixels(lit)))
        {
            var (first, changed) = before.Zip(after).MaxBy(p => Math.Abs(Logit(p.First[0]) - Logit(p.First[1])));
            var factor = (Logit(changed[0]) - Logit(changed[1])) / (Logit(first[0]) - Logit(first[1]));
            factors.Add(factor);
            foreach (var (a, b) in before.Zip(after))
                for (var c = 0; c < 3; c++) Assert.Equal(Grey(a) + factor * (Logit(a[c]) - Grey(a)), Logit(b[c]), 0.02);
        }
        Assert.All(factors, f => Assert.InRange(f, 0.6 - 0.01, 1 / 0.6 + 0.01));
        Assert.True(factors.Min() < 0.63 && factors.Max() > 1.6);
        Assert.InRange(factors.Count(f => f < 1), 110, 190);                             // as often paler as brighter
    }

    [Fact]
    public void Hue_turns_all_colours_of_a_picture_by_one_angle_about_the_greys()
    {
        using var scope = NewDisposeScope();
        var x = Random(300, 3, 3, seed: 9) * 0.2 + 0.4;
        var turned = Applied(new Relighting(Still with { Hue = 0.1 }), x);

        // YIQ's axes as the television's standard has them.
        static (double Y, double I, double Q) Yiq(double[] c) =>
            (0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2], 0.5959 * c[0] - 0.2746 * c[1] - 0.3213 * c[2], 0.2115 * c[0] - 0.5227 * c[1] + 0.3112 * c[2]);
        List<double> angles = [];
        foreach (var (before, after) in Pixels(x).Zip(Pixels(turned)))
        {
            var colours = before.Zip(after, (a, b) => (Before: Yiq(a), After: Yiq(b))).ToList();
            var far = colours.MaxBy(c => Math.Abs(c.Before.I) + Math.Abs(c.Before.Q));
            var angle = Math.IEEERemainder(Math.Atan2(far.After.Q, far.After.I) - Math.Atan2(far.Before.Q, far.Before.I), 2 * Math.PI);
            angles.Add(angle / (2 * Math.PI));
            foreach (var (a, b) in colours)
            {
                Assert.Equal(a.Y, b.Y, 2e-3);
                Assert.Equal(a.I * Math.Cos(angle) - a.Q * Math.Sin(angle), b.I, 3e-3);
                Assert.Equal(a.I * Math.Sin(angle) + a.Q * Math.Cos(angle), b.Q, 3e-3);
            }
        }
        Assert.All(angles, a => Assert.InRange(Math.Abs(a), 0, 0.1 + 4e-3));
        Assert.True(angles.Min() < -0.09 && angles.Max() > 0.09);
    }

    [Theory]
    [InlineData(0.2, 0, 0)]
    [InlineData(0, 0.4, 0)]
    [InlineData(0, 0, 0.2)]
    public void Each_change_of_light_comes_as_often_as_was_asked(double lighting, double saturation, double hue)
    {
        using var scope = NewDisposeScope();
        var x = Random(600, 3, 2, seed: 9) * 0.6 + 0.2;
        var lit = Applied(new Relighting(Still with { Lighting = lighting, Saturation = saturation, Hue = hue, LightingChance = 0.3 }), x);

        var changed = (lit - x).abs().amax([1, 2, 3]).gt(1e-4).sum().item<long>();

        var often = lighting > 0 ? 1 - 0.7 * 0.7 : 0.3;                                  // brightness and contrast, each for itself
        Assert.InRange(changed, 600 * often - 55, 600 * often + 55);
    }
}
