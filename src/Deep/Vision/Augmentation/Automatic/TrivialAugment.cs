using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation.Automatic;

/// <summary>One operation for each picture, at any strength: nothing to tune.</summary>
/// <remarks>Müller and Hutter, arXiv 2103.10158: the wide space, as torchvision's TrivialAugmentWide.</remarks>
public sealed record TrivialAugment : DrawnOperations
{
    internal override OperationRanges Ranges => wide;

    internal override int Rounds => 1;

    internal override long[] Levels(int rows, Generator random) => Whole(Bins, rows, random);

    static readonly OperationRanges wide = new(Lean: 0.99, Move: _ => 32, Turn: 135, Light: 0.99, BitsLost: 6);
}
