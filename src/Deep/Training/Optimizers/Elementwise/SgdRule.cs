using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kaggle.Deep.Training.Optimizers.Elementwise;

/// <summary>m ← momentum m + g; p ← p − rate m, or Nesterov's p − rate (g + momentum m).</summary>
/// <param name="decay">Times the parameters is part of the gradient.</param>
readonly struct SgdRule(double rate, double momentum, double decay, bool nesterov) : IElementwiseRule
{
    readonly float rate = (float)rate, momentum = (float)momentum, decay = (float)decay, ahead = nesterov ? (float)momentum : 0;

    public static int Remembers => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(ref Vector512<float> parameters, Vector512<float> gradients, ref Vector512<float> first, ref Vector512<float> second)
    {
        var slope = Vector512.FusedMultiplyAdd(Vector512.Create(decay), parameters, gradients);
        first = Vector512.FusedMultiplyAdd(Vector512.Create(momentum), first, slope);
        var step = nesterov ? Vector512.FusedMultiplyAdd(Vector512.Create(ahead), first, slope) : first;
        parameters = Vector512.FusedMultiplyAdd(Vector512.Create(-rate), step, parameters);
    }
}
