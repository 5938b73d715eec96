using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Training.Optimizers.Elementwise;

/// <summary>A step on the processor: all that a group holds goes through the caches once, the gradients' clearing included.</summary>
/// <remarks>libtorch's kernels come to it twice for its fused rules and up to a dozen times for the others; a step waits for memory alone.</remarks>
static class ElementwiseStep
{
    /// <param name="group">Whose parameters move and whose gradients become zero.</param>
    /// <param name="rule">Remembers the group's first state tensors.</param>
    public static void Take<TRule>(FlatGroup group, TRule rule) where TRule : struct, IElementwiseRule
    {
        var lines = new RowBlocks(group.Length / Vector512<float>.Count, Vector512<float>.Count);
        lines.Run(block => Move(
            rule,
            lines.Of<float>(group.Parameters[0], block),
            lines.Of<float>(group.Gradients[0], block),
            lines.Of<float>(group.State[0][0], block),
            TRule.Remembers > 1 ? lines.Of<float>(group.State[1][0], block) : []));
    }

    // A group's length is a multiple of sixteen. Optimised at once: a training of a second would be over before the runtime found the loop worth it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Move<TRule>(TRule rule, Span<float> parameters, Span<float> gradients, Span<float> first, Span<float> second) where TRule : struct, IElementwiseRule
    {
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var g = ref MemoryMarshal.GetReference(gradients);
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        for (var i = 0; i < parameters.Length; i += Vector512<float>.Count)
        {
            var moved = Vector512.LoadUnsafe(ref Unsafe.Add(ref p, i));
            var one = Vector512.LoadUnsafe(ref Unsafe.Add(ref a, i));
            var two = TRule.Remembers > 1 ? Vector512.LoadUnsafe(ref Unsafe.Add(ref b, i)) : default;
            rule.Move(ref moved, Vector512.LoadUnsafe(ref Unsafe.Add(ref g, i)), ref one, ref two);
            moved.StoreUnsafe(ref Unsafe.Add(ref p, i));
            one.StoreUnsafe(ref Unsafe.Add(ref a, i));
            if (TRule.Remembers > 1) two.StoreUnsafe(ref Unsafe.Add(ref b, i));
            Vector512<float>.Zero.StoreUnsafe(ref Unsafe.Add(ref g, i));
        }
    }
}
