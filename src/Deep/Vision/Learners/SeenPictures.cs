using System.Collections.Immutable;
using System.Numerics.Tensors;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>What a network made of pictures, a row each.</summary>
/// <param name="Features">(rows, classes + features).</param>
/// <param name="Widths">Of the features' parts, one a stretch of the network.</param>
/// <param name="Classes">How many scores of the network's own classes come before them; 0: none.</param>
public readonly record struct SeenPictures(Matrix Features, ImmutableArray<int> Widths, int Classes = 0)
{
    /// <summary>Of all parts, the classes' scores included.</summary>
    public ImmutableArray<int> Parts => Classes > 0 ? [Classes, .. Widths] : Widths;

    /// <param name="stretches">Only the last ones, as many as there are.</param>
    /// <param name="classes">Whether the classes' scores stay.</param>
    public SeenPictures Last(int stretches, bool classes)
    {
        ImmutableArray<int> widths = stretches < Widths.Length ? Widths[^stretches..] : Widths;
        var (said, width) = (classes ? Classes : 0, widths.Sum());
        if (said + width == Features.Columns) return this;
        var values = new float[Features.Rows * (said + width)];
        for (var row = 0; row < Features.Rows; row++)
        {
            var to = values.AsSpan(row * (said + width), said + width);
            Features.Row(row)[..said].CopyTo(to);
            Features.Row(row)[^width..].CopyTo(to[said..]);
        }
        return new(new(values, said + width), widths, said);
    }

    /// <returns>The mean of several looks at the same pictures.</returns>
    public static SeenPictures Mean(IReadOnlyList<SeenPictures> looks)
    {
        if (looks.Count == 1) return looks[0];
        var mean = new float[looks[0].Features.Values.Length];
        foreach (var look in looks) TensorPrimitives.MultiplyAdd(look.Features.Values.Span, 1f / looks.Count, mean, mean);
        return looks[0] with { Features = new(mean, looks[0].Features.Columns) };
    }

    /// <returns>For each row the features of all, one after the other; scores of classes are parts as any other.</returns>
    public static SeenPictures SideBySide(IReadOnlyList<SeenPictures> all)
    {
        var width = all.Sum(seen => seen.Features.Columns);
        var values = new float[all[0].Features.Rows * width];
        for (int row = 0, at = 0; at < values.Length; row++)
            foreach (var seen in all)
            {
                seen.Features.Row(row).CopyTo(values.AsSpan(at));
                at += seen.Features.Columns;
            }
        return new(new(values, width), [.. all.SelectMany(seen => seen.Parts)]);
    }
}
