using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using SkiaSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Pictures as a network learns from them: a line for each, the first as it is, then as it was drawn again and again.</summary>
static class ContactSheet
{
    const int Lines = 6, Draws = 8, Gap = 4, LeastSide = 72;

    /// <param name="learner">Its size, channels and transforms.</param>
    /// <param name="train">The first pictures are shown.</param>
    /// <param name="context">Seed and threads.</param>
    /// <returns>A PNG.</returns>
    public static byte[] Of(PictureNet learner, Dataset train, FitContext context)
    {
        learner.Check();
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(context.Seed, CPU);
        var rows = train.Take(..Math.Min(Lines, train.Rows));
        if (rows.Rows == 0) throw new InputException("There are no pictures to show.");
        using var bytes = PictureBytes.Of(rows, learner.Form, zeros(rows.Rows).DetachFromDisposeScope(), null, CPU, context.Threads, context.Cancel);
        using var batch = bytes.InOrder(rows.Rows).Single();
        var decoded = batch.Inputs[0].to(float32) / 255;
        IEnumerable<IBatchTransform> transforms = [.. learner.Drawn, .. learner.Blend is { } blend ? new[] { blend } : []];
        var columns = Enumerable.Range(0, Draws).Select(_ => transforms.Aggregate(new TrainingBatch([decoded], batch.Target), (b, t) => t.Apply(b, random)).Inputs[0]);
        return Png(stack([Resampling.Whole(decoded, learner.Size), .. columns], 1));
    }

    /// <param name="pictures">(lines, columns, channels, side, side), 0 to 1.</param>
    static byte[] Png(Tensor pictures)
    {
        var (lines, columns, channels, side) = ((int)pictures.shape[0], (int)pictures.shape[1], (int)pictures.shape[2], (int)pictures.shape[4]);
        var form = new ImageForm { Side = side, Channels = channels };
        var all = (pictures.clamp(0, 1) * 255).round().to(ScalarType.Byte).permute(0, 1, 3, 4, 2).contiguous().data<byte>().ToArray();
        var shown = Math.Max(side, LeastSide / side * side);                                 // small ones by whole pixels
        using var sheet = new SKBitmap(new SKImageInfo(columns * (shown + Gap) + 2 * Gap, lines * (shown + Gap) + Gap, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        for (var i = 0; i < lines * columns; i++)
        {
            using var picture = ImageDecoder.Bitmap(all.AsSpan(i * form.Bytes, form.Bytes), side, side, channels);
            using var image = SKImage.FromBitmap(picture);
            var (line, column) = (i / columns, i % columns);
            var left = Gap + column * (shown + Gap) + (column > 0 ? Gap : 0);                // the original stands apart
            canvas.DrawImage(image, SKRect.Create(left, Gap + line * (shown + Gap), shown, shown), new SKSamplingOptions(SKFilterMode.Nearest));
        }
        canvas.Flush();
        using var data = sheet.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
