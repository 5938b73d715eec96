using System.Runtime.Intrinsics;

namespace Kaggle.Deep.Training.Optimizers.Elementwise;

/// <summary>A rule that moves each number by nothing but its own gradient and what it remembers of it.</summary>
interface IElementwiseRule
{
    /// <summary>How many tensors it remembers: 1 or 2.</summary>
    static abstract int Remembers { get; }

    /// <summary>Moves sixteen numbers.</summary>
    /// <param name="second">0 where one tensor is remembered.</param>
    void Move(ref Vector512<float> parameters, Vector512<float> gradients, ref Vector512<float> first, ref Vector512<float> second);
}
