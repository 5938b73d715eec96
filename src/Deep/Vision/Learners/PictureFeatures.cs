using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>What a published network says of pictures before its classifier, in several views: computed once for all folds and runs, and kept beside the decoded pictures.</summary>
/// <param name="From">The network.</param>
/// <param name="Size">Height and width of what it is shown.</param>
/// <param name="Framing">How pictures become squares.</param>
/// <param name="Views">Whose features are averaged.</param>
public sealed record PictureFeatures(IFrozenNetwork From, int Size, Framing Framing, TestViews Views)
{
    const int Version = 6;

    /// <exception cref="InputException">The weights are not there, or pictures are broken.</exception>
    public SeenPictures Of(Dataset rows, FitContext context)
    {
        if (rows.Columns.OfType<ImageColumn>().FirstOrDefault() is not { } column) throw new InputException("These rows have no image column to learn from.");
        if (column.Place is not { Digest.Length: > 0 } place) return Computed(rows, glance => null, context);
        // Of all rows of the source, though few may be asked for: the other folds will ask for the rest.
        var all = Computed(rows.Source, glance => Path.Combine(DecodedImages.UserCache(), $"{Key(glance, column, place)}.features"), context);
        return rows.IsView ? all with { Features = all.Features.Take(rows.RowIndex) } : all;
    }

    /// <summary>Computed and kept each for itself: who asks for a picture and its mirror image finds the picture's own features when they are there.</summary>
    IReadOnlyList<Glance> Glances =>
        Views == TestViews.Plain ? [Glance.Plain] : Views == new TestViews { Flip = true } ? [Glance.Plain, Glance.Mirrored] : [new($"{Views}", Views.Mean)];

    SeenPictures Computed(Dataset rows, Func<Glance, string?> file, FitContext context)
    {
        var glances = Glances.Select(glance => (Glance: glance, Features: new GrowingFeatures(rows.Rows, file(glance)))).ToList();
        try
        {
            var missing = glances.Where(glance => !glance.Features.IsWhole).ToList();
            if (missing.Count > 0) Grow(missing, rows, context);
            return SeenPictures.Mean([.. glances.Select(glance => glance.Features.Whole())]);
        }
        finally
        {
            foreach (var glance in glances) glance.Features.Dispose();
        }
    }

    /// <returns>Of pictures of that size, how many go through a network at once: more is no quicker, and outgrows the heaps of a thread (64 MB), so that each layer would wait for fresh pages.</returns>
    public static int BatchOf(int size) => Math.Max(1, 8 * 224 * 224 / (size * size));

    void Grow(IReadOnlyList<(Glance Glance, GrowingFeatures Features)> glances, Dataset rows, FitContext context)
    {
        var at = 0;
        Each(rows, context, (body, pictures) =>
        {
            var end = at + (int)pictures.shape[0];
            foreach (var (glance, features) in glances.Where(glance => glance.Features.Rows < end))
            {
                // Whole batches only: in another company a picture's features differ in their last bits.
                if (features.Rows > at) features.CutTo(at);
                ImmutableArray<int> widths = [];
                var classes = 0;
                var seen = glance.See(From.Normalisation.Apply(pictures), x =>
                {
                    var (parts, said) = body.Outputs(x);
                    (widths, classes) = ([.. parts.Select(p => (int)p.shape[1])], (int)(said?.shape[1] ?? 0));
                    return cat(said is null ? [.. parts] : [said, .. parts], 1);
                }).cpu().contiguous();
                features.Add(MemoryMarshal.Cast<byte, float>(seen.bytes), widths, classes);
            }
            at = end;
            context.Progress?.Report(new(at / (double)rows.Rows, $"features of {at} pictures"));
        });
    }

    /// <param name="rows">Whose pictures.</param>
    /// <param name="context">Where and how to compute.</param>
    /// <param name="outputs">(batch, outputs) of features.</param>
    /// <returns>A JPEG of each picture as the network sees it, warm where there is what speaks for the surest output; null where the network does not tell.</returns>
    public IReadOnlyList<byte[]?> Drawn(Dataset rows, FitContext context, Func<Tensor, Tensor> outputs)
    {
        List<byte[]?> drawn = [];
        Each(rows, context, (body, pictures) =>
        {
            var maps = body.Halves?.Maps(From.Normalisation.Apply(pictures));
            drawn.AddRange(maps is null || maps.dim() < 4 ? Enumerable.Repeat<byte[]?>(null, (int)pictures.shape[0])
                : HeatMaps.Drawn(pictures.cpu(), HeatMaps.OfSurest(maps, m => outputs(body.Halves!.Pool(m))).cpu()));
        });
        return drawn;
    }

    /// <summary>Every row's picture once, in order, as bytes on the device, beside the network; what the action makes of tensors is freed.</summary>
    void Each(Dataset rows, FitContext context, Action<IFrozenBody, Tensor> take)
    {
        if (rows.Rows == 0) return;
        var device = TorchDevice.Of(context);
        using var body = From.Open(device, context.Threads);
        PictureBytes.Each(rows, new() { Side = Size, Framing = Framing }, BatchOf(Size), device, context, pictures => take(body, pictures));
    }

    string Key(Glance glance, ImageColumn column, PicturePlace place) => ContentHash.Of(
    [
        place.Digest, string.Create(CultureInfo.InvariantCulture, $"{Version} {From.Identity} {Size} {Framing} {glance.Name}"),
        .. column.Sources.ToArray().Select(s => s ?? "\0"),
    ]);

    /// <param name="Name">Tells it from others.</param>
    /// <param name="See">Of pictures and what the network makes of some, what it makes of this glance at them.</param>
    readonly record struct Glance(string Name, Func<Tensor, Func<Tensor, Tensor>, Tensor> See)
    {
        public static Glance Plain { get; } = new("plain", (pictures, outputs) => outputs(pictures));

        public static Glance Mirrored { get; } = new("mirrored", (pictures, outputs) => outputs(pictures.flip(3)));
    }
}
