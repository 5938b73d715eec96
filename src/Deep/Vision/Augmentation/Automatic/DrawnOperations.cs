using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation.Automatic;

/// <summary>Draws operations for each picture of a batch from all there are; how strong they are is the policy.</summary>
public abstract record DrawnOperations : IBatchTransform
{
    /// <summary>Levels of strength are whole parts of the most.</summary>
    internal const int Bins = 31;

    static readonly int known = Enum.GetValues<PictureOperation>().Length;

    internal abstract OperationRanges Ranges { get; }

    /// <summary>How many operations a picture goes through.</summary>
    internal abstract int Rounds { get; }

    /// <returns>(rows) 0 to <see cref="Bins"/> − 1.</returns>
    internal abstract long[] Levels(int rows, Generator random);

    public TrainingBatch Apply(TrainingBatch batch, Randomness random)
    {
        using var scope = NewDisposeScope();
        var x = batch.Inputs[0];
        for (var round = 0; round < Rounds; round++) x = Once(x, random.Host);
        if (ReferenceEquals(x, batch.Inputs[0])) return batch;
        return batch with { Inputs = [x.MoveToOuterDisposeScope(), .. batch.Inputs.Skip(1)] };
    }

    Tensor Once(Tensor x, Generator random)
    {
        var rows = (int)x.shape[0];
        var (drawn, levels, signs) = (Whole(known, rows, random), Levels(rows, random), Whole(2, rows, random));
        var changed = x.clone();
        foreach (var group in Enumerable.Range(0, rows).GroupBy(row => (PictureOperation)drawn[row]).Where(g => g.Key != PictureOperation.Nothing))
        {
            using var step = NewDisposeScope();
            float[] strengths = [.. group.Select(row => Ranges.StrengthOf(group.Key, levels[row] / (Bins - 1.0), 2 * (int)signs[row] - 1, x.shape[3]))];
            var which = tensor(group.Select(row => (long)row).ToArray(), device: x.device);
            changed.index_copy_(0, which, OperationsOnPictures.Apply(group.Key, x.index_select(0, which), strengths));
        }
        return changed;
    }

    /// <returns>Whole numbers from 0 to below <paramref name="below"/>.</returns>
    private protected static long[] Whole(int below, int rows, Generator random)
    {
        using var drawn = randint(0, below, [rows], int64, generator: random);
        return drawn.data<long>().ToArray();
    }
}
