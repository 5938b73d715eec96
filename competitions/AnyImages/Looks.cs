using System.Collections.Immutable;

namespace Kaggle.Competitions.AnyImages;

/// <summary>How closely frozen networks look at each picture: as closely as the time allows.</summary>
/// <param name="Larger">Also a little larger than they learned from: two sizes know more than one.</param>
/// <param name="Framed">Stretched and cut, where that is not the same.</param>
/// <param name="Flip">Also mirrored.</param>
readonly record struct Looks(bool Larger, bool Framed, bool Flip)
{
    // MobileNetV2 at 224 pixels takes 60 photos a second on one core of a Zen 5; the three published networks together need 2.6 times as long.
    public const double PhotosPerSecond = 60;
    const double Networks = 2.6;

    static readonly TimeSpan usual = TimeSpan.FromMinutes(4);
    const int UsualCores = 2;

    static readonly Looks[] closest = [new(true, true, true), new(false, true, true), new(false, false, true), new(false, false, false)];

    /// <param name="pictures">What is looked at.</param>
    /// <param name="size">In pixels.</param>
    /// <returns>The closest for which four minutes on two cores, or half of the budget on this machine, will do; else the most fleeting.</returns>
    public static Looks Of(PictureFacts pictures, int size)
    {
        var seconds = pictures.Budget is { } budget ? budget.TotalSeconds / 2 * Environment.ProcessorCount : usual.TotalSeconds * UsualCores;
        return closest.FirstOrDefault(looks => looks.Seconds(pictures, size) <= seconds, closest[^1]);
    }

    public ImmutableArray<int> Sizes(int size) => Larger ? [size, size * 9 / 7] : [size];

    public ImmutableArray<Framing> Framings(PictureFacts pictures) => Framed && !pictures.Shapes.Square ? [Framing.Squish, Framing.Crop] : [Framing.Squish];

    public TestViews Views => new() { Flip = Flip };

    double Seconds(PictureFacts pictures, int size)
    {
        var looks = Sizes(size).Sum(side => Math.Pow(side / 224.0, 2)) * Framings(pictures).Length * Views.Count;
        return (pictures.Rows + pictures.Test) * looks * Networks / PhotosPerSecond;
    }
}
