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
    const int Version = 3;
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
            File.WriteAllBytes(writing, [.. MemoryMarshal.AsBytes<int>([all.Widths.Length, .. all.Widths]), .. MemoryMarshal.AsBytes(all.Features.Values.Span)]);
            File.Move(writing, file, overwrite: true);
        }
        return rows.IsView ? all with { Features = all.Features.Take(rows.RowIndex) } : all;
    }

    static SeenPictures? Read(string file, int rows)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        var parts = bytes.Length < 8 ? 0 : MemoryMarshal.Read<int>(bytes);
        if (parts is < 1 or > 64 || bytes.Length < 4 * (1 + parts)) return null;
        var widths = MemoryMarshal.Cast<byte, int>(bytes[4..(4 * (1 + parts))]).ToArray();
        var values = MemoryMarshal.Cast<byte, float>(bytes[(4 * (1 + parts))..]);
        return rows == 0 || values.Length != rows * (long)widths.Sum() ? null : new(new(values.ToArray(), widths.Sum()), [.. widths]);
    }

    SeenPictures Computed(Dataset rows, FitContext context)
    {
        float[] values = [];
        ImmutableArray<int> widths = [1];
        var at = 0;
        Each(rows, context, (body, pictures) =>
        {
            var mean = Views.Mean(From.Normalisation.Apply(pictures), x =>
            {
                var parts = body.Features(x);
                widths = [.. parts.Select(p => (int)p.shape[1])];
                return cat([.. parts], 1);
            }).cpu().contiguous();
            if (values.Length == 0) values = new float[rows.Rows * mean.shape[1]];
            mean.data<float>().CopyTo(values, at);
            at += (int)mean.numel();
            context.Progress?.Report(new(at / (double)values.Length, $"features of {at / mean.shape[1]} pictures"));
        });
        return new(new(values, widths.Sum()), widths);
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

/// <param name="Features">(rows, features).</param>
/// <param name="Widths">Of the parts, one a stretch of the network.</param>
public readonly record struct SeenPictures(Matrix Features, ImmutableArray<int> Widths)
{
    /// <returns>Of the last stretches only, as many as there are.</returns>
    public SeenPictures Last(int stretches)
    {
        if (stretches >= Widths.Length) return this;
        var (width, all) = (Widths[^stretches..].Sum(), Features);
        var values = new float[all.Rows * width];
        for (var row = 0; row < all.Rows; row++) all.Row(row)[^width..].CopyTo(values.AsSpan(row * width));
        return new(new(values, width), Widths[^stretches..]);
    }

    /// <returns>For each row the features of all, one after the other.</returns>
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
        return new(new(values, width), [.. all.SelectMany(seen => seen.Widths)]);
    }
}
