using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>Bytes to floats: normalised where they are predicted, from 0 to 1 where they are learned from, so that transforms come before <see cref="NormalisedPictures"/>.</summary>
/// <param name="bytes">Its first input is (batch, channels, height, width) uint8; owned from here.</param>
/// <param name="normalisation">What the network expects.</param>
/// <param name="side">Height and width at which they are predicted; where they are learned from, <see cref="Resampling"/> brings larger ones to it.</param>
sealed class PictureSource(IRowSource bytes, Normalisation normalisation, int side) : IRowSource
{
    public int Rows => bytes.Rows;

    public Device Device => bytes.Device;

    public int Batches(int size) => bytes.Batches(size);

    public IEnumerable<TrainingBatch> Shuffled(int size, Randomness random) => bytes.Shuffled(size, random).Select(b => With(b, x => x.to(ScalarType.Float32).div_(255)));

    public IEnumerable<TrainingBatch> InOrder(int size) => bytes.InOrder(size).Select(b => With(b, Seen));

    public void Dispose() => bytes.Dispose();

    Tensor Seen(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        return normalisation.Apply(Resampling.Whole(pictures, side)).MoveToOuterDisposeScope();
    }

    static TrainingBatch With(TrainingBatch batch, Func<Tensor, Tensor> floats)
    {
        using var raw = batch.Inputs[0];
        return batch with { Inputs = [floats(raw), .. batch.Inputs.Skip(1)] };
    }
}

/// <summary>The last of a picture's transforms: from values of 0 to 1 to those that the network expects.</summary>
public sealed record NormalisedPictures(Normalisation Normalisation) : IBatchTransform
{
    public TrainingBatch Apply(TrainingBatch batch, Randomness random) =>
        batch with { Inputs = [Normalisation.Apply(batch.Inputs[0] * 255), .. batch.Inputs.Skip(1)] };
}
