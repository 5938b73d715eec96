using System.Collections.Immutable;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>What a network's inputs were shifted and scaled by while it learned: (value / 255 - mean) / deviation for each channel.</summary>
/// <param name="Mean">Of values from 0 to 1, red first.</param>
/// <param name="Deviation">Of values from 0 to 1.</param>
public sealed record Normalisation(ImmutableArray<double> Mean, ImmutableArray<double> Deviation)
{
    /// <summary>The statistics of ImageNet's colours: torchvision's and most of timm's weights.</summary>
    public static Normalisation ImageNet { get; } = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>To -1 … 1: TensorFlow's mobile networks and vision transformers.</summary>
    public static Normalisation PlusMinusOne { get; } = new([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>Caffe's: 0 … 255 less the mean colour, not scaled.</summary>
    public static Normalisation Caffe { get; } = new([123 / 255.0, 117 / 255.0, 104 / 255.0], [1 / 255.0, 1 / 255.0, 1 / 255.0]);

    /// <returns>For pictures of another number of channels: the mean of the colours' statistics for each.</returns>
    public Normalisation For(int channels) => channels == Mean.Length ? this : new(
        [.. Enumerable.Repeat(Mean.Average(), channels)], [.. Enumerable.Repeat(Deviation.Average(), channels)]);

    /// <param name="pictures">(batch, channels, height, width), 0 … 255, bytes or floats.</param>
    /// <returns>The same shape, float32.</returns>
    /// <exception cref="InputException">The pictures have another number of channels.</exception>
    public Tensor Apply(Tensor pictures)
    {
        if (pictures.shape[1] != Mean.Length) throw new InputException($"The pictures have {pictures.shape[1]} channels; these statistics are for {Mean.Length}.");
        using var scope = NewDisposeScope();
        var scale = tensor(Deviation.Select(d => (float)(1 / (255 * d))).ToArray(), device: pictures.device).view(-1, 1, 1);
        var shift = tensor(Mean.Zip(Deviation, (m, d) => (float)(-m / d)).ToArray(), device: pictures.device).view(-1, 1, 1);
        return (pictures.to(ScalarType.Float32) * scale).add_(shift).MoveToOuterDisposeScope();
    }

    public bool Equals(Normalisation? other) => other is not null && Mean.SequenceEqual(other.Mean) && Deviation.SequenceEqual(other.Deviation);

    public override int GetHashCode() => Mean.Concat(Deviation).Aggregate(0, HashCode.Combine);
}
