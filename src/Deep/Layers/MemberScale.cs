using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>The same rows for each member, scaled by the member's own factors: on the processor both slopes come of one pass.</summary>
/// <remarks>(batch, inputs) and (members, inputs) → (batch, members, inputs). The first layer of TabM-mini, arXiv 2410.24210.</remarks>
static class MemberScale
{
    /// <param name="x">float32 or what matrix products are in.</param>
    /// <param name="scale">In the same type.</param>
    public static Tensor Of(Tensor x, Tensor scale) =>
        x.LieOnHost() && scale.LieOnHost() && x.dtype == scale.dtype ? Pass.apply(x, scale) : x.unsqueeze(1) * scale;

    sealed class Pass : autograd.SingleTensorFunction<Pass>
    {
        public override string Name => nameof(MemberScale);

        public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
        {
            var (x, scale) = ((Tensor)arguments[0], (Tensor)arguments[1]);
            context.save_for_backward([x, scale]);
            return x.unsqueeze(1) * scale;
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
        {
            var saved = context.get_saved_variables();
            var (x, scale) = (saved[0], saved[1]);
            slope = slope.contiguous();
            using var ofX = zeros(x.shape, ScalarType.Float32);
            using var ofScale = empty(scale.shape, ScalarType.Float32);
            var blocks = new RowBlocks(x.shape[0], slope.numel() / Math.Max(1, x.shape[0]));
            if (x.dtype == ScalarType.Float32) Sum<float, SingleLanes>();
            else Sum<ushort, BFloat16Lanes>();
            return [ofX.to(x.dtype, copy: true), ofScale.to(scale.dtype, copy: true)];

            void Sum<T, L>() where T : unmanaged where L : IFloatLanes<T> => blocks.Sum((block, sums) =>
                Slopes<T, L>(blocks.Of<T>(x, block), scale.Numbers<T>(), blocks.Of<T>(slope, block), (int)scale.shape[0], blocks.Of<float>(ofX, block), sums), ofScale.Numbers<float>());
        }
    }

    static void Slopes<T, L>(Span<T> x, Span<T> scale, Span<T> slope, int members, Span<float> ofX, Span<float> ofScale) where T : unmanaged where L : IFloatLanes<T>
    {
        var inputs = scale.Length / members;
        var lanes = Vector512<float>.Count;
        for (var row = 0; row < x.Length; row += inputs)
        {
            ref var xs = ref x[row];
            ref var sums = ref ofX[row];
            for (var member = 0; member < members; member++)
            {
                ref var slopes = ref slope[(row * members) + (member * inputs)];
                ref var scales = ref scale[member * inputs];
                ref var own = ref ofScale[member * inputs];
                var i = 0;
                for (; i <= inputs - lanes; i += lanes)
                {
                    var by = L.Load16(ref Unsafe.Add(ref slopes, i));
                    Vector512.FusedMultiplyAdd(by, L.Load16(ref Unsafe.Add(ref xs, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref own, i))).StoreUnsafe(ref Unsafe.Add(ref own, i));
                    Vector512.FusedMultiplyAdd(by, L.Load16(ref Unsafe.Add(ref scales, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref sums, i))).StoreUnsafe(ref Unsafe.Add(ref sums, i));
                }
                for (; i < inputs; i++)
                {
                    var by = L.From(Unsafe.Add(ref slopes, i));
                    Unsafe.Add(ref own, i) += by * L.From(Unsafe.Add(ref xs, i));
                    Unsafe.Add(ref sums, i) += by * L.From(Unsafe.Add(ref scales, i));
                }
            }
        }
    }
}
