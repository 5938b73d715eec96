using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>All that changes light: in logit space, where no value leaves 0 … 1, brightness is added, contrast and saturation are multiplied.</summary>
/// <remarks>As fastai's lighting transforms. Hue turns colours about the grey axis of YIQ space, before the rest.</remarks>
public sealed record Relighting(PictureAugmentation Settings) : IBatchTransform
{
    const double Nearly = 1e-4;                             // of 0 and 1, whose logits are infinite

    static readonly float[] luma = [0.299f, 0.587f, 0.114f];

    public TrainingBatch Apply(TrainingBatch batch, Randomness random)
    {
        using var scope = NewDisposeScope();
        var lit = Lit(batch.Inputs[0], random.Device).MoveToOuterDisposeScope();
        return batch with { Inputs = [lit, .. batch.Inputs.Skip(1)] };
    }

    Tensor Lit(Tensor x, Generator random)
    {
        var rows = x.shape[0];
        Tensor Each(double least, double most) => (rand(rows, generator: random, device: x.device) * (most - least) + least).view(-1, 1, 1, 1);
        Tensor Happens() => (rand(rows, generator: random, device: x.device) < Settings.LightingChance).to(ScalarType.Float32).view(-1, 1, 1, 1);
        Tensor Factor(double most) => (Each(Math.Log(1 - most), -Math.Log(1 - most)) * Happens()).exp();
        var colours = x.shape[1] == 3;
        if (colours && Settings.Hue > 0) x = Turned(x, Each(-Settings.Hue, Settings.Hue) * Happens() * (2 * Math.PI));
        var (brightness, contrast) = Settings.Lighting > 0
            ? (Each(0.5 * (1 - Settings.Lighting), 0.5 * (1 + Settings.Lighting)).logit() * Happens(), Factor(Settings.Lighting))
            : (zeros(rows, 1, 1, 1, device: x.device), ones(rows, 1, 1, 1, device: x.device));
        if (!(colours && Settings.Saturation > 0) && x.device_type == DeviceType.CPU && x.dtype == ScalarType.Float32) return PixelLight.Lit(x, brightness, contrast, (float)Nearly);
        x = x.clamp(Nearly, 1 - Nearly).logit_().add_(brightness).mul_(contrast);             // the clamp made a copy, which may be written over
        if (colours && Settings.Saturation > 0)
        {
            var grey = Grey(x);
            x = grey + (x - grey) * Factor(Settings.Saturation);
        }
        return x.sigmoid_();
    }

    static Tensor Grey(Tensor x) => (x * tensor(luma, device: x.device).view(1, 3, 1, 1)).sum(1, keepdim: true);

    static Tensor Turned(Tensor x, Tensor angle)
    {
        var (cos, sin) = (angle.cos(), angle.sin());
        var (r, g, b) = (x.narrow(1, 0, 1), x.narrow(1, 1, 1), x.narrow(1, 2, 1));
        var (y, i, q) = (0.299 * r + 0.587 * g + 0.114 * b, 0.596 * r - 0.274 * g - 0.322 * b, 0.211 * r - 0.523 * g + 0.312 * b);
        (i, q) = (i * cos - q * sin, i * sin + q * cos);
        return cat([y + 0.956171 * i + 0.621433 * q, y - 0.272689 * i - 0.646813 * q, y - 1.103744 * i + 1.700623 * q], 1);       // the inverse: no turn, no change
    }
}
