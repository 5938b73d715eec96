using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>Wipes out a box of each picture, with noise: the network must not rely on one part. With a fixed side it is cutout.</summary>
/// <remarks>Zhong and others, arXiv 1708.04896, with fastai's ranges; DeVries and Taylor, arXiv 1708.04552, for cutout. What the network sees there is N(0, 1), or zeros.</remarks>
public sealed record Erasing : IBatchTransform
{
    public double Chance { get; init => field = Require.Between(0, 1, value); } = 0.5;

    /// <summary>The most of a picture's area.</summary>
    public double MaxArea { get; init => field = Require.Between(0, 1, value); } = 0.3;

    /// <summary>The least ratio of the box's sides; the most is its inverse.</summary>
    public double MinAspect { get; init => field = Require.Between(0.01, 1, value); } = 0.3;

    /// <summary>Cutout: a square of so many pixels, of the mean colour; null: a box of any size, of noise.</summary>
    public int? Square { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    /// <summary>What follows before the network sees the pictures.</summary>
    public required Normalisation Normalisation { get; init; }

    public TrainingBatch Apply(TrainingBatch batch, Randomness random)
    {
        using var scope = NewDisposeScope();
        var x = batch.Inputs[0];
        var (rows, height, width) = (x.shape[0], x.shape[2], x.shape[3]);
        Tensor Uniform(double least, double most) => (rand(rows, generator: random.Device, device: x.device) * (most - least) + least).view(-1, 1);
        var happens = (Uniform(0, 1) < Chance).to(ScalarType.Float32);
        Tensor high, wide;
        if (Square is { } side) (high, wide) = (happens * side, happens * side);
        else
        {
            var (area, aspect) = (Uniform(0, MaxArea) * (height * width) * happens, Uniform(Math.Log(MinAspect), -Math.Log(MinAspect)).exp());
            (high, wide) = ((area * aspect).sqrt(), (area / aspect).sqrt());
        }
        var down = Within(Uniform(0, 1) * height, high, height, x.device).unsqueeze(2);        // (batch, height, 1)
        var across = Within(Uniform(0, 1) * width, wide, width, x.device).unsqueeze(1);        // (batch, 1, width)
        var box = down.logical_and(across).unsqueeze(1);                                       // (batch, 1, height, width)
        Tensor Each(IEnumerable<double> ofChannels) => tensor(ofChannels.Select(v => (float)v).ToArray(), [1, x.shape[1], 1, 1], device: x.device);
        var mean = Each(Normalisation.Mean);
        var filling = Square is null ? mean + Each(Normalisation.Deviation) * randn(x.shape, generator: random.Device, device: x.device) : mean;
        return batch with { Inputs = [where(box, filling, x).MoveToOuterDisposeScope(), .. batch.Inputs.Skip(1)] };
    }

    // The box may hang over the edge: pixels there are as likely to go as others.
    static Tensor Within(Tensor centre, Tensor length, long side, Device device)
    {
        var at = arange(side, float32, device).unsqueeze(0) + 0.5;
        return (at - centre).abs() < length / 2;
    }
}
