using System.Globalization;
using System.Runtime.InteropServices;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>What a published network says of pictures before its classifier, in several views: computed once for all folds and runs, and kept beside the decoded pictures.</summary>
/// <param name="From">The network.</param>
/// <param name="Size">Height and width of what it is shown.</param>
/// <param name="Framing">How pictures become squares.</param>
/// <param name="Views">Whose features are averaged.</param>
public sealed record PictureFeatures(Pretrained From, int Size, Framing Framing, TestViews Views)
{
    const int Version = 1;

    /// <returns>(rows, features).</returns>
    /// <exception cref="InputException">The weights are not there, or pictures are broken.</exception>
    public Matrix Of(Dataset rows, FitContext context)
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
            File.WriteAllBytes(writing, MemoryMarshal.AsBytes(all.Values.Span).ToArray());
            File.Move(writing, file, overwrite: true);
        }
        return rows.IsView ? all.Take(rows.RowIndex) : all;
    }

    static Matrix? Read(string file, int rows)
    {
        var bytes = File.ReadAllBytes(file);
        return rows == 0 || bytes.Length % (4 * rows) != 0 ? null : new(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), bytes.Length / 4 / rows);
    }

    Matrix Computed(Dataset rows, FitContext context)
    {
        var device = TorchDevice.Of(context);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var random = new Randomness(0, device);
        using var body = From.LoadBody(PublishedFiles.Find(From), 3, random, new MatrixPrecision(TrainingPrecision.Float32));
        body.to(device);
        body.eval();
        var values = new float[rows.Rows * body.Features];
        if (rows.Rows == 0) return new(values, body.Features);
        using var bytes = PictureBytes.Of(rows, new() { Side = Size, Framing = Framing }, empty(rows.Rows, 0, device: device).DetachFromDisposeScope(), null, device, context.Threads, context.Cancel);
        var at = 0;
        foreach (var taken in bytes.InOrder(body.PredictBatch))
        {
            context.Cancel.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            using var batch = taken;
            var mean = Views.Mean(From.Normalisation.Apply(batch.Inputs[0]), x => body.Pool(body.Maps(x))).cpu().contiguous();
            mean.data<float>().CopyTo(values, at);
            at += (int)mean.numel();
            context.Progress?.Report(new(at / (double)values.Length, $"features of {at / body.Features} pictures"));
        }
        return new(values, body.Features);
    }

    string Key(ImageColumn column, PicturePlace place) => ContentHash.Of(
    [
        place.Digest, string.Create(CultureInfo.InvariantCulture, $"{Version} {From.Name} {new FileInfo(PublishedFiles.Find(From)).Length} {Size} {Framing} {Views}"),
        .. column.Sources.ToArray().Select(s => s ?? "\0"),
    ]);
}
