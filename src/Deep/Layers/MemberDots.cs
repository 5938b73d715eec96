using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Each member's row times the member's own few vectors: products that are too thin for libtorch's matrix products, in one pass each way.</summary>
/// <remarks>(batch, members, inputs) and (members, outputs, inputs) float32 → (batch, members, outputs) float32.</remarks>
static class MemberDots
{
    /// <summary>More outputs than this are better done as matrix products.</summary>
    public const int MostOutputs = 8;

    public static Tensor Of(Tensor x, Tensor weight) => Pass.apply(x, weight);

    sealed class Pass : autograd.SingleTensorFunction<Pass>
    {
        public override string Name => nameof(MemberDots);

        public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
        {
            var (x, weight) = ((Tensor)arguments[0], (Tensor)arguments[1]);
            var y = empty(x.shape[0], weight.shape[0], weight.shape[1]);
            var blocks = Blocks(x);
            if (x.dtype == ScalarType.Float32) Run<float, SingleLanes>();
            else Run<ushort, BFloat16Lanes>();
            context.save_for_backward([x, weight]);
            return y;

            void Run<T, L>() where T : unmanaged where L : IFloatLanes<T> =>
                blocks.Run(block => Dots<T, L>(blocks.Of<T>(x, block), weight.Numbers<float>(), (int)x.shape[2], blocks.Of<float>(y, block)));
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
        {
            var saved = context.get_saved_variables();
            var (x, weight) = (saved[0], saved[1]);
            var (ofX, ofWeight, blocks) = (empty_like(x), empty_like(weight), Blocks(x));
            slope = slope.contiguous();
            if (x.dtype == ScalarType.Float32) Sum<float, SingleLanes>();
            else Sum<ushort, BFloat16Lanes>();
            return [ofX, ofWeight];

            void Sum<T, L>() where T : unmanaged where L : IFloatLanes<T> => blocks.Sum((block, sums) =>
                Slopes<T, L>(blocks.Of<T>(x, block), weight.Numbers<float>(), (int)x.shape[2], blocks.Of<float>(slope, block), blocks.Of<T>(ofX, block), sums), ofWeight.Numbers<float>());
        }

        static RowBlocks Blocks(Tensor x) => new(x.shape[0], x.shape[1] * x.shape[2]);
    }

    // Rows of x go through the members over and over, and so do the vectors: both are taken by their number within the members.
    static void Dots<T, L>(Span<T> x, Span<float> weight, int inputs, Span<float> y) where T : unmanaged where L : IFloatLanes<T>
    {
        var lanes = Vector512<float>.Count;
        var outputs = y.Length / (x.Length / inputs);
        for (int row = 0, at = 0; at < y.Length; row++)
        {
            ref var xs = ref x[row * inputs];
            for (var output = 0; output < outputs; output++, at++)
            {
                ref var ws = ref weight[at % (weight.Length / inputs) * inputs];
                var (sum, i) = (Vector512<float>.Zero, 0);
                for (; i <= inputs - lanes; i += lanes)
                    sum = Vector512.FusedMultiplyAdd(L.Load16(ref Unsafe.Add(ref xs, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref ws, i)), sum);
                var whole = Vector512.Sum(sum);
                for (; i < inputs; i++) whole += L.From(Unsafe.Add(ref xs, i)) * Unsafe.Add(ref ws, i);
                y[at] = whole;
            }
        }
    }

    static void Slopes<T, L>(Span<T> x, Span<float> weight, int inputs, Span<float> slope, Span<T> ofX, Span<float> ofWeight) where T : unmanaged where L : IFloatLanes<T>
    {
        var lanes = Vector512<float>.Count;
        var outputs = slope.Length / (x.Length / inputs);
        Span<float> sums = new float[inputs];
        ref var sum = ref sums[0];
        for (int row = 0, at = 0; at < slope.Length; row++)
        {
            ref var xs = ref x[row * inputs];
            ref var to = ref ofX[row * inputs];
            sums.Clear();
            for (var output = 0; output < outputs; output++, at++)
            {
                var place = at % (weight.Length / inputs) * inputs;
                ref var ws = ref weight[place];
                ref var own = ref ofWeight[place];
                var by = slope[at];
                var wide = Vector512.Create(by);
                var i = 0;
                for (; i <= inputs - lanes; i += lanes)
                {
                    Vector512.FusedMultiplyAdd(wide, Vector512.LoadUnsafe(ref Unsafe.Add(ref ws, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref sum, i))).StoreUnsafe(ref Unsafe.Add(ref sum, i));
                    Vector512.FusedMultiplyAdd(wide, L.Load16(ref Unsafe.Add(ref xs, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref own, i))).StoreUnsafe(ref Unsafe.Add(ref own, i));
                }
                for (; i < inputs; i++)
                {
                    Unsafe.Add(ref sum, i) += by * Unsafe.Add(ref ws, i);
                    Unsafe.Add(ref own, i) += by * L.From(Unsafe.Add(ref xs, i));
                }
            }
            var j = 0;
            for (; j <= inputs - lanes; j += lanes) L.Store16(Vector512.LoadUnsafe(ref Unsafe.Add(ref sum, j)), ref Unsafe.Add(ref to, j));
            for (; j < inputs; j++) Unsafe.Add(ref to, j) = L.To(sums[j]);
        }
    }
}
