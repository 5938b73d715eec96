using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Transforms;

/// <summary>Puts a box of another image into each image, and learns from both answers by the shares of their pixels.</summary>
/// <remarks>Yun and others, arXiv 1905.04899, as fastai does it: one box for the whole batch, its sides √(1 − λ) of the image's with λ from Beta(α, α). The first input is (batch, channels, height, width).</remarks>
public sealed record CutMix : IBatchTransform
{
    public double Alpha { get; init => field = Require.Positive(value); } = 1;

    /// <exception cref="InputException">The first input is no batch of images.</exception>
    public TrainingBatch Apply(TrainingBatch batch, Randomness random)
    {
        var images = batch.Inputs[0];
        if (images.dim() != 4) throw new InputException($"CutMix wants images, (batch, channels, height, width), and was given ({string.Join(", ", images.shape)}). Leave CutMix out.");
        var (rows, height, width) = (images.shape[0], images.shape[2], images.shape[3]);
        var share = _sample_dirichlet(full([2], Alpha, float32), random.Host)[0].item<float>();
        var centre = rand(2, generator: random.Host).data<float>().ToArray();
        var (top, bottom) = Side(height, centre[0], share);
        var (left, right) = Side(width, centre[1], share);
        var other = randperm(rows, int64, generator: random.Host).to(images.device);

        var mixed = images.clone();
        if (bottom > top && right > left)
            mixed.narrow(2, top, bottom - top).narrow(3, left, right - left).copy_(images.narrow(2, top, bottom - top).narrow(3, left, right - left).index_select(0, other));
        var kept = 1 - (bottom - top) * (right - left) / (double)(height * width);
        return batch with { Inputs = [mixed, .. batch.Inputs.Skip(1)], Blend = new(batch.Target.index_select(0, other), full([rows], kept, float32, images.device)) };
    }

    // The box may hang over the edge and is cut there, so that pixels at the edge are as likely to go as others.
    static (long Start, long End) Side(long length, float centre, float share)
    {
        var (middle, half) = ((long)(centre * length), (long)(length * Math.Sqrt(1 - share)) / 2);
        return (Math.Clamp(middle - half, 0, length), Math.Clamp(middle + half, 0, length));
    }
}
