using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation.Automatic;

/// <summary>Each operation over a batch of pictures with values of 0 to 1, every picture at its own strength.</summary>
/// <remarks>As torchvision's transforms.functional computes them; what moves pixels is bilinear, over black.</remarks>
static class OperationsOnPictures
{
    static readonly float[] luma = [0.2989f, 0.587f, 0.114f];                // torchvision's digits

    /// <param name="operation">The same for all.</param>
    /// <param name="x">(batch, channels, side, side).</param>
    /// <param name="strengths">(batch).</param>
    /// <returns>The same shape; perhaps the same tensor.</returns>
    public static Tensor Apply(PictureOperation operation, Tensor x, float[] strengths)
    {
        Tensor Each() => tensor(strengths, [strengths.Length, 1, 1, 1], device: x.device);
        return operation switch
        {
            PictureOperation.Nothing => x,
            PictureOperation.Brighten => (x * (1 + Each())).clamp(0, 1),
            PictureOperation.Colour => x.shape[1] == 3 ? Away(x, Grey(x), Each()) : x,
            PictureOperation.Contrast => Away(x, (x.shape[1] == 3 ? Grey(x) : x).mean([1, 2, 3], keepdim: true), Each()),
            PictureOperation.Sharpen => Away(x, Smoothed(x), Each()),
            PictureOperation.Posterise => Posterised(x, Each()),
            PictureOperation.Solarise => where(x >= Each(), 1 - x, x),
            PictureOperation.Stretch => Stretched(x),
            PictureOperation.Equalise => Equalised(x),
            _ => Resampling.Sample(x, Motions(operation, strengths, x.shape[3], x.device), BeyondEdges.Black),
        };
    }

    static Tensor Away(Tensor x, Tensor from, Tensor strength) => (x + (x - from) * strength).clamp(0, 1);

    static Tensor Grey(Tensor x) => (x * tensor(luma, [1, 3, 1, 1], device: x.device)).sum(1, keepdim: true);

    // The edge has no neighbours on one side and stays.
    static Tensor Smoothed(Tensor x)
    {
        var channels = x.shape[1];
        var kernel = ones(channels, 1, 3, 3, device: x.device) / 13;
        kernel[.., .., 1, 1] = tensor(5f / 13);
        var smoothed = x.clone();
        smoothed[.., .., 1..^1, 1..^1] = nn.functional.conv2d(x, kernel, groups: channels);
        return smoothed;
    }

    static Tensor Bytes(Tensor x) => (x * 255).round().clamp(0, 255);

    static Tensor Posterised(Tensor x, Tensor bits)
    {
        var step = (8 - bits).exp2();
        return (Bytes(x) / step).floor() * step / 255;
    }

    static Tensor Stretched(Tensor x)
    {
        var (least, most) = (x.amin([2, 3], keepdim: true), x.amax([2, 3], keepdim: true));
        return where(most > least, (x - least) / (most - least), x);
    }

    static Tensor Equalised(Tensor x)
    {
        var values = Bytes(x).to(int64).view(x.shape[0] * x.shape[1], -1);                              // (batch · channels, pixels)
        var counts = zeros(values.shape[0], 256, int64, x.device).scatter_add_(1, values, ones_like(values));
        var step = (values.shape[1] - counts.gather(1, values.amax([1], keepdim: true))).floor_divide(255);
        var upTo = (counts.cumsum(1) - counts + step.floor_divide(2)).floor_divide(step.clamp(min: 1)).clamp(0, 255);
        return where(step > 0, upTo.gather(1, values), values).view(x.shape).to(x.dtype) / 255;
    }

    /// <returns>(batch, 3, 3): from the new picture's coordinates, −1 to 1, to the old one's.</returns>
    static Tensor Motions(PictureOperation operation, float[] strengths, long side, Device device)
    {
        float[] Cells(float by)
        {
            var (cos, sin) = ((float)Math.Cos(by * Math.PI / 180), (float)Math.Sin(by * Math.PI / 180));
            return operation switch
            {
                PictureOperation.LeanAcross => [1, by, by, 0, 1, 0, 0, 0, 1],
                PictureOperation.LeanDown => [1, 0, 0, by, 1, by, 0, 0, 1],
                PictureOperation.MoveAcross => [1, 0, -2 * by / side, 0, 1, 0, 0, 0, 1],
                PictureOperation.MoveDown => [1, 0, 0, 0, 1, -2 * by / side, 0, 0, 1],
                PictureOperation.Turn => [cos, -sin, 0, sin, cos, 0, 0, 0, 1],
                _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It moves nothing."),
            };
        }
        return tensor(strengths.SelectMany(Cells).ToArray(), [strengths.Length, 3, 3], device: device);
    }
}
