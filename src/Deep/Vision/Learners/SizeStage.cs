using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A stretch of a training on pictures of another size: on smaller ones steps are quick, and what is learned there holds for larger ones.</summary>
/// <remarks>Howard and Gugger's progressive resizing (fastbook, chapter 7): a cycle of its own for each size.</remarks>
public sealed record SizeStage
{
    /// <summary>Height and width in pixels.</summary>
    public required int Size { get; init => field = Require.AtLeast(8, value); }

    public required int Epochs { get; init => field = Require.AtLeast(1, value); }
}
