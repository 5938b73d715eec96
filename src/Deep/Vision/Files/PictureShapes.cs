using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>How large pictures are, by some hundred of them: their headers are read and nothing is decoded.</summary>
/// <param name="Side">The shorter side in pixels, of the middle one; null: none could be read.</param>
/// <param name="Square">Whether all are as high as they are wide.</param>
public readonly record struct PictureShapes(int? Side, bool Square)
{
    const int Looked = 200;

    public static PictureShapes Of(ImageColumn column)
    {
        using var reader = new ImageReader(column.Place);
        string[] named = [.. column.Sources.ToArray().OfType<string>()];
        var sizes = new List<(int Width, int Height)>();
        for (var i = 0; i < Math.Min(Looked, named.Length); i++)
            if (reader.SizeOf(named[(int)((long)i * named.Length / Math.Min(Looked, named.Length))]) is { } size) sizes.Add(size);
        if (sizes.Count == 0) return new(null, false);
        int[] sides = [.. sizes.Select(s => Math.Min(s.Width, s.Height)).Order()];
        return new(sides[sides.Length / 2], sizes.TrueForAll(s => s.Width == s.Height));
    }
}
