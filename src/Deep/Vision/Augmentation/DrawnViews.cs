using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>Pictures to predict as they would be learned from.</summary>
/// <remarks>
/// fastai's Learner.tta draws for a batch at once. Here what is drawn follows from the picture and the view's number alone: the same on every call, beside whichever pictures.
/// </remarks>
static class DrawnViews
{
    /// <param name="pictures">(batch, channels, side, side) bytes.</param>
    /// <param name="transforms">Of values from 0 to 1.</param>
    /// <param name="view">Which draw.</param>
    /// <param name="normalisation">What the network expects.</param>
    /// <returns>(batch, channels, new side, new side), as the network expects them.</returns>
    public static Tensor Of(Tensor pictures, IReadOnlyCollection<IBatchTransform> transforms, int view, Normalisation normalisation)
    {
        using var scope = NewDisposeScope();
        var drawn = new List<Tensor>();
        foreach (var (row, seed) in Seeds(pictures).Index())
        {
            using var step = NewDisposeScope();
            using var random = new Randomness(unchecked((int)(seed + 1_000_003 * (view + 1))), pictures.device);
            var one = new TrainingBatch([pictures.narrow(0, row, 1).to(float32) / 255], zeros(1, device: pictures.device));
            drawn.Add(transforms.Aggregate(one, (batch, transform) => transform.Apply(batch, random)).Inputs[0].MoveToOuterDisposeScope());
        }
        return normalisation.Apply(cat(drawn) * 255).MoveToOuterDisposeScope();
    }

    /// <returns>For each picture a number made of its pixels, in whole numbers: the same on every device.</returns>
    static long[] Seeds(Tensor pictures)
    {
        Tensor Weighted(params long[] over)
        {
            var sums = pictures.sum(over, type: int64);                                       // (batch, side)
            return (sums * (arange(sums.shape[1], int64, pictures.device) + 1)).sum(1);
        }
        return (Weighted(1, 3) + 7919 * Weighted(1, 2)).cpu().data<long>().ToArray();
    }
}
