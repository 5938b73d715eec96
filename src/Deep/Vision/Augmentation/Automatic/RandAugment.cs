using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation.Automatic;

/// <summary>A few operations drawn for each picture, all at one strength: two numbers to tune instead of a policy.</summary>
/// <remarks>Cubuk and others, arXiv 1909.13719, with torchvision's ranges and defaults.</remarks>
public sealed record RandAugment : DrawnOperations
{
    /// <summary>How many one picture goes through.</summary>
    public int Operations { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>The strength of all, of 30.</summary>
    public int Magnitude { get; init => field = (int)Require.Between(0, Bins - 1, value); } = 9;

    internal override OperationRanges Ranges => published;

    internal override int Rounds => Operations;

    internal override long[] Levels(int rows, Generator random) => [.. Enumerable.Repeat((long)Magnitude, rows)];

    static readonly OperationRanges published = new(Lean: 0.3, Move: side => 150.0 / 331 * side, Turn: 30, Light: 0.9, BitsLost: 4);
}
