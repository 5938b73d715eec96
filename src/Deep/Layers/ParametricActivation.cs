using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>x + a (f(x) − x) with a learnt a for each neuron, 1 at first.</summary>
/// <remarks>(batch, units) → (batch, units). RealMLP, arXiv 2407.04491: f is SELU for classes and Mish for numbers.</remarks>
public sealed class ParametricActivation : nn.Module<Tensor, Tensor>
{
    readonly Parameter share;
    readonly bool mish;

    public ParametricActivation(int units, bool mish) : base(nameof(ParametricActivation))
    {
        this.mish = mish;
        share = nn.Parameter(ones(units));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (training && x.LieOnHost() && x.dtype == ScalarType.Float32) return Pass.apply(x, share, mish);
        using var scope = NewDisposeScope();
        return lerp(x, mish ? nn.functional.mish(x) : nn.functional.selu(x), share.to(x.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>Value and slope in one step of the graph each.</summary>
    sealed class Pass : autograd.SingleTensorFunction<Pass>
    {
        public override string Name => nameof(ParametricActivation);

        public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
        {
            var (x, share, mish) = ((Tensor)arguments[0], (Tensor)arguments[1], (bool)arguments[2]);
            var y = empty_like(x);
            var blocks = Blocks(x);
            if (mish) Run<Mish>();
            else Run<Selu>();
            context.save_for_backward([x, share]);
            context.save_data(nameof(mish), mish);
            return y;

            void Run<C>() where C : ICurve => blocks.Run(block => Forward<C>(blocks.Of<float>(x, block), share.Numbers<float>(), blocks.Of<float>(y, block)));
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
        {
            var saved = context.get_saved_variables();
            var (x, share) = (saved[0], saved[1]);
            var (ofX, ofShare, blocks) = (empty_like(x), empty_like(share), Blocks(x));
            slope = slope.contiguous();
            if ((bool)context.get_data("mish")) Sum<Mish>();
            else Sum<Selu>();
            return [ofX, ofShare, null!];

            void Sum<C>() where C : ICurve => blocks.Sum((block, sums) =>
                Backward<C>(blocks.Of<float>(x, block), share.Numbers<float>(), blocks.Of<float>(slope, block), blocks.Of<float>(ofX, block), sums), ofShare.Numbers<float>());
        }

        static RowBlocks Blocks(Tensor x) => new(x.shape[0], x.numel() / Math.Max(1, x.shape[0]));
    }

    interface ICurve
    {
        /// <returns>f(x) and f′(x).</returns>
        static abstract (Vector256<float> Value, Vector256<float> Slope) At(Vector256<float> x);
    }

    /// <summary>x tanh(log(1 + eˣ)). Misra, arXiv 1908.08681.</summary>
    readonly struct Mish : ICurve
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector256<float> Value, Vector256<float> Slope) At(Vector256<float> x)
        {
            var e = Vector256.Exp(Vector256.Min(x, Vector256.Create(20f)));               // from there on f is x
            var n = e * (e + Vector256.Create(2f));
            var t = n / (n + Vector256.Create(2f));
            return (x * t, t + (x * (Vector256<float>.One - (t * t)) * (e / (Vector256<float>.One + e))));
        }
    }

    /// <summary>λ x above 0, λ α (eˣ − 1) below. Klambauer and others, arXiv 1706.02515.</summary>
    readonly struct Selu : ICurve
    {
        const float Alpha = 1.6732632423543772f, Lambda = 1.0507009873554805f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector256<float> Value, Vector256<float> Slope) At(Vector256<float> x)
        {
            var below = Vector256.Exp(Vector256.Min(x, Vector256<float>.Zero)) * Vector256.Create(Lambda * Alpha);
            var above = Vector256.GreaterThan(x, Vector256<float>.Zero);
            return (Vector256.ConditionalSelect(above, x * Vector256.Create(Lambda), below - Vector256.Create(Lambda * Alpha)), Vector256.ConditionalSelect(above, Vector256.Create(Lambda), below));
        }
    }

    static void Forward<C>(Span<float> x, Span<float> share, Span<float> y) where C : ICurve
    {
        Span<float> last = stackalloc float[Vector256<float>.Count];
        for (var row = 0; row < x.Length; row += share.Length)
            for (var i = 0; i < share.Length; i += last.Length)
            {
                var given = Taken(x[row..], i, share.Length, last);
                Put(given + (Taken(share, i, share.Length, last) * (C.At(given).Value - given)), y[row..], i, share.Length, last);
            }
    }

    static void Backward<C>(Span<float> x, Span<float> share, Span<float> slope, Span<float> ofX, Span<float> ofShare) where C : ICurve
    {
        Span<float> last = stackalloc float[Vector256<float>.Count];
        for (var row = 0; row < x.Length; row += share.Length)
            for (var i = 0; i < share.Length; i += last.Length)
            {
                var (given, by) = (Taken(x[row..], i, share.Length, last), Taken(slope[row..], i, share.Length, last));
                var (value, rise) = C.At(given);
                Put(by * (Vector256<float>.One + (Taken(share, i, share.Length, last) * (rise - Vector256<float>.One))), ofX[row..], i, share.Length, last);
                Put(Taken(ofShare, i, share.Length, last) + (by * (value - given)), ofShare, i, share.Length, last);
            }
    }

    // The last few units of a row go through a buffer, padded with zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Taken(Span<float> from, int i, int units, Span<float> last)
    {
        if (i + last.Length <= units) return Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(from), i));
        last.Clear();
        from[i..units].CopyTo(last);
        return Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(last));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(Vector256<float> values, Span<float> to, int i, int units, Span<float> last)
    {
        if (i + last.Length <= units)
        {
            values.StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(to), i));
            return;
        }
        values.StoreUnsafe(ref MemoryMarshal.GetReference(last));
        last[..(units - i)].CopyTo(to[i..]);
    }
}
