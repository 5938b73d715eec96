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
    const int Version = 4;
    const int BatchPixels = 8 * 224 * 224;                  // more is no quicker, and outgrows the heaps of a thread (64 MB): each layer would then wait for fresh pages

    /// <exception cref="InputException">The weights are not there, or pictures are broken.</exception>
    public SeenPictures Of(Dataset rows, FitContext context)
    {
        var column = rows.Columns.OfType<ImageColumn>().FirstOrDefault() ?? throw new InputException("These rows have no image column to learn from.");
        if (column.Place is not { Digest.Length: > 0 } place) return Computed(rows, context);
        // Of all rows of the source, though few may be asked for: the other folds will ask for the rest.
        var whole = rows.Source;
        var file = Path.Combine(DecodedImages.UserCache(), $"{Key(column, place)}.features");
        if ((File.Exists(file) ? Read(file, column.Rows) : null) is not { } all)
        {
            all = Computed(whole, context);
            var writing = $"{file}.{Path.GetRandomFileName()}.tmp";
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(writing, [.. MemoryMarshal.AsBytes<int>([all.Widths.Length, .. all.Widths, all.Classes]), .. MemoryMarshal.AsBytes(all.Features.Values.Span)]);
            File.Move(writing, file, overwrite: true);
        }
        return rows.IsView ? all with { Features = all.Features.Take(rows.RowIndex) } : all;
    }

    static SeenPictures? Read(string file, int rows)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        var parts = bytes.Length < 8 ? 0 : MemoryMarshal.Read<int>(bytes);
        if (parts is < 1 or > 64 || bytes.Length < 4 * (2 + parts)) return null;
        var widths = MemoryMarshal.Cast<byte, int>(bytes[4..(4 * (1 + parts))]).ToArray();
        var classes = MemoryMarshal.Read<int>(bytes[(4 * (1 + parts))..]);
        var values = MemoryMarshal.Cast<byte, float>(bytes[(4 * (2 + parts))..]);
        var width = classes + widths.Sum();
        return rows == 0 || values.Length != rows * (long)width ? null : new(new(values.ToArray(), width), [.. widths], classes);
    }

    SeenPictures Computed(Dataset rows, FitContext context)
    {
        float[] values = [];
        ImmutableArray<int> widths = [1];
        var classes = 0;
        var at = 0;
        Each(rows, context, (body, pictures) =>
        {
            var mean = Views.Mean(From.Normalisation.Apply(pictures), x =>
            {
                var (parts, said) = body.Outputs(x);
                (widths, classes) = ([.. parts.Select(p => (int)p.shape[1])], (int)(said?.shape[1] ?? 0));
                return cat(said is null ? [.. parts] : [said, .. parts], 1);
            }).cpu().contiguous();
            if (values.Length == 0) values = new float[rows.Rows * mean.shape[1]];
            mean.data<float>().CopyTo(values, at);
            at += (int)mean.numel();
            context.Progress?.Report(new(at / (double)values.Length, $"features of {at / mean.shape[1]} pictures"));
        });
        return new(new(values, classes + widths.Sum()), widths, classes);
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
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var body = From.Open(device, context.Threads);
        using var bytes = PictureBytes.Of(rows, new() { Side = Size, Framing = Framing }, empty(rows.Rows, 0, device: device).DetachFromDisposeScope(), null, device, context.Threads, context.Cancel);
        foreach (var taken in bytes.InOrder(Math.Max(1, BatchPixels / (Size * Size))))
        {
            context.Cancel.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            using var batch = taken;
            take(body, batch.Inputs[0]);
        }
    }

    string Key(ImageColumn column, PicturePlace place) => ContentHash.Of(
    [
        place.Digest, string.Create(CultureInfo.InvariantCulture, $"{Version} {From.Identity} {Size} {Framing} {Views}"),
        .. column.Sources.ToArray().Select(s => s ?? "\0"),
    ]);
}

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
