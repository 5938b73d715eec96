using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kaggle.Deep.Training.Optimizers.Elementwise;

/// <summary>p ← kept p − rate sign(β₁ m + (1 − β₁) g); m ← β₂ m + (1 − β₂) g.</summary>
/// <param name="kept">What decoupled decay leaves of the parameters.</param>
readonly struct LionRule(double rate, double beta1, double beta2, double kept) : IElementwiseRule
{
    readonly float rate = (float)rate, toStep = (float)(1 - beta1), toMean = (float)(1 - beta2), kept = (float)kept;

    public static int Remembers => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(ref Vector512<float> parameters, Vector512<float> gradients, ref Vector512<float> first, ref Vector512<float> second)
    {
        var (zero, rates) = (Vector512<float>.Zero, Vector512.Create(rate));
        var step = Vector512.FusedMultiplyAdd(Vector512.Create(toStep), gradients - first, first);
        var up = Vector512.ConditionalSelect(Vector512.LessThan(step, zero), rates, zero);
        var down = Vector512.ConditionalSelect(Vector512.GreaterThan(step, zero), rates, zero);
        parameters = Vector512.FusedMultiplyAdd(Vector512.Create(kept), parameters, up - down);
        first = Vector512.FusedMultiplyAdd(Vector512.Create(toMean), gradients - first, first);
    }
}
