using System.Globalization;
using System.Text.RegularExpressions;
using Kaggle.Core.Reporting;

namespace Kaggle.Tests.Core.Reporting;

/// <summary>The style sheet's colours of a map, on light paper and on dark.</summary>
public class MapColoursTests
{
    // As Machado, Oliveira and Fernandes 2009 simulate protanopia, deuteranopia and tritanopia, in linear light.
    static readonly double[][][] blindness =
    [
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ];

    const int Shapes = 3;

    const double Told = 0.14, Glimpsed = 0.07;                  // in OKLab: a step that nobody overlooks, and one seen side by side

    public static TheoryData<string> Papers => ["light", "dark"];

    static (double[][] Colours, double[] Paper) On(string paper)
    {
        var style = Templates.Render("style", new { });
        var sheet = style[style.IndexOf(paper == "light" ? ":root" : "prefers-color-scheme: dark", StringComparison.Ordinal)..];
        double[] Of(string name) => Linear(Regex.Match(sheet, $@"--{name}: #(\w{{6}});").Groups[1].Value);
        return ([.. Enumerable.Range(1, 12).Select(k => Of($"k{k}"))], Of("paper"));
    }

    static double[] Linear(string hex) => [.. hex.Chunk(2).Select(two => int.Parse(two, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    static double[] Times(double[][] matrix, double[] v) => [.. matrix.Select(row => row[0] * v[0] + row[1] * v[1] + row[2] * v[2])];

    static double[] OkLab(double[] linear) => Times(
        [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]],
        [.. Times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], linear).Select(Math.Cbrt)]);

    static double Apart(double[] a, double[] b) => Math.Sqrt(OkLab(a).Zip(OkLab(b), (x, y) => (x - y) * (x - y)).Sum());

    [Theory, MemberData(nameof(Papers))]
    public void Twelve_colours_are_told_apart_and_by_the_colour_blind_where_the_shape_is_the_same(string paper)
    {
        var colours = On(paper).Colours;
        for (var a = 0; a < colours.Length; a++)
            for (var b = 0; b < a; b++)
            {
                Assert.True(Apart(colours[a], colours[b]) > Told, $"k{b + 1} and k{a + 1}");
                foreach (var seen in blindness)
                {
                    double[] Seen(double[] colour) => [.. Times(seen, colour).Select(v => Math.Clamp(v, 0, 1))];
                    Assert.True(Apart(Seen(colours[a]), Seen(colours[b])) > (a % Shapes == b % Shapes ? Told : Glimpsed), $"k{b + 1} and k{a + 1} for the colour-blind");
                }
            }
    }

    [Theory, MemberData(nameof(Papers))]
    public void Each_stands_out_from_the_paper(string paper)
    {
        var (colours, ground) = On(paper);
        double Light(double[] c) => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05;
        foreach (var (k, colour) in colours.Index())
            Assert.True(Math.Max(Light(colour), Light(ground)) / Math.Min(Light(colour), Light(ground)) > 2.2, $"k{k + 1}");
    }
}
