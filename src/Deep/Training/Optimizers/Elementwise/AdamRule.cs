using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kaggle.Deep.Training.Optimizers.Elementwise;

/// <summary>m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; p ← kept p − step m / (√v / root + ε).</summary>
readonly struct AdamRule() : IElementwiseRule
{
    /// <summary>1 − β₁, from the double: of a β near 1 the difference of floats would be off.</summary>
    public required float ToFirst { get; init; }

    /// <summary>β₂.</summary>
    public required float KeptOfSecond { get; init; }

    /// <summary>1 − β₂.</summary>
    public required float ToSecond { get; init; }

    public required float Epsilon { get; init; }

    /// <summary>Of the running mean, its correction for the steps so far included.</summary>
    public required float Step { get; init; }

    /// <summary>One by root: √(1 − β₂ᵗ), the correction of the running square.</summary>
    public required float PerRoot { get; init; }

    /// <summary>What decoupled decay leaves of the parameters.</summary>
    public float Kept { get; init; } = 1;

    /// <summary>Times the parameters is part of the gradient.</summary>
    public float Decay { get; init; }

    public static int Remembers => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(ref Vector512<float> parameters, Vector512<float> gradients, ref Vector512<float> first, ref Vector512<float> second)
    {
        var slope = Vector512.FusedMultiplyAdd(Vector512.Create(Decay), parameters, gradients);
        first = Vector512.FusedMultiplyAdd(Vector512.Create(ToFirst), slope - first, first);
        second = Vector512.FusedMultiplyAdd(Vector512.Create(ToSecond) * slope, slope, Vector512.Create(KeptOfSecond) * second);
        var under = Vector512.FusedMultiplyAdd(Vector512.Sqrt(second), Vector512.Create(PerRoot), Vector512.Create(Epsilon));
        parameters = Vector512.FusedMultiplyAdd(Vector512.Create(Kept), parameters, Vector512.Create(-Step) * first / under);
    }
}
