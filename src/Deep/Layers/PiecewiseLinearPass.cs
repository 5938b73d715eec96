using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Kaggle.Deep.Layers;

/// <summary>Piecewise-linear embeddings by where each number lies: all bins below count whole, so that their slopes are a sum kept ready, and one counts in part.</summary>
/// <remarks>
/// A few operations a number instead of as many as there are bins, each way. (batch, features), linear weight and bias (features, width),
/// slopes (features, bins, width), the bins' scale and shift (features, bins), all float32 on the processor → (batch, features, width).
/// </remarks>
sealed class PiecewiseLinearPass : autograd.SingleTensorFunction<PiecewiseLinearPass>
{
    static readonly int lanes = Vector256<float>.Count;

    public override string Name => nameof(PiecewiseLinearPass);

    public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
    {
        var (x, linear, bias, slopes) = ((Tensor)arguments[0], (Tensor)arguments[1], (Tensor)arguments[2], (Tensor)arguments[3]);
        var (scale, shift) = ((Tensor)arguments[4], (Tensor)arguments[5]);
        var (features, count, width) = ((int)x.shape[1], (int)slopes.shape[1], (int)slopes.shape[2]);
        var y = empty(x.shape[0], features, width);
        var places = new (int Bin, float Part)[x.numel()];
        var below = ArrayPool<float>.Shared.Rent((int)slopes.numel());
        Below(slopes.Numbers<float>(), count, width, below);
        var used = Used(scale.Numbers<float>(), features);
        var blocks = new RowBlocks(x.shape[0], features * width);
        blocks.Run(block => Embed(
            blocks.Of<float>(x, block), scale.Numbers<float>(), shift.Numbers<float>(), used, linear.Numbers<float>(), bias.Numbers<float>(), slopes.Numbers<float>(), below,
            blocks.Of(places.AsSpan(), block), blocks.Of<float>(y, block)));
        ArrayPool<float>.Shared.Return(below);
        context.save_for_backward([x, slopes]);
        context.save_data(nameof(places), places);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
    {
        var saved = context.get_saved_variables();
        var (x, slopes) = (saved[0], saved[1]);
        var places = ((int Bin, float Part)[])context.get_data("places");
        var (features, count, width) = ((int)slopes.shape[0], (int)slopes.shape[1], (int)slopes.shape[2]);
        slope = slope.contiguous();
        var (ofLinear, ofBias, ofSlopes) = (empty(features, width), empty(features, width), zeros(features, count, width));
        var sums = features * count * width;
        var whole = ArrayPool<float>.Shared.Rent(sums);                    // of the bins that numbers lie in, for all below them
        Array.Clear(whole, 0, sums);
        // Shared out by features, whose sums lie apart: sums over blocks of rows would be more numbers than the rows have.
        var blocks = new RowBlocks(features, x.shape[0] * width);
        blocks.Run(block =>
        {
            var (first, end) = blocks.Of(block);
            var own = new float[(end - first) * width];
            Slopes(x.Numbers<float>(), slope.Numbers<float>(), places, first, end, own, ofSlopes.Numbers<float>(), whole, count, width);
            own.CopyTo(blocks.Of<float>(ofLinear, block));
            Spread(blocks.Of(whole.AsSpan(0, sums), block), blocks.Of<float>(ofSlopes, block), blocks.Of<float>(ofBias, block), count, width);
        });
        ArrayPool<float>.Shared.Return(whole);
        return [null!, ofLinear, ofBias, ofSlopes, null!, null!];
    }

    static void Embed(
        Span<float> x, Span<float> scale, Span<float> shift, int[] used, Span<float> linear, Span<float> bias, Span<float> slopes, float[] below,
        Span<(int Bin, float Part)> places, Span<float> y)
    {
        var (features, width) = (used.Length, linear.Length / used.Length);
        var count = scale.Length / features;
        ref var l = ref MemoryMarshal.GetReference(linear);
        ref var b = ref MemoryMarshal.GetReference(bias);
        ref var s = ref MemoryMarshal.GetReference(slopes);
        ref var u = ref MemoryMarshal.GetArrayDataReference(below);
        for (int at = 0, feature = 0; at < x.Length; at++, feature = feature + 1 == features ? 0 : feature + 1)
        {
            var value = x[at];
            var (bin, part) = places[at] = Find(scale.Slice(feature * count, used[feature]), shift.Slice(feature * count, used[feature]), value);
            ref var own = ref y[at * width];
            var (of, slope) = (feature * width, ((feature * count) + bin) * width);
            var (wide, wideValue) = (Vector256.Create(part), Vector256.Create(value));
            var i = 0;
            for (; i <= width - lanes; i += lanes)
            {
                var sum = Vector256.FusedMultiplyAdd(wideValue, Vector256.LoadUnsafe(ref Unsafe.Add(ref l, of + i)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, of + i)));
                sum = Vector256.FusedMultiplyAdd(wide, Vector256.LoadUnsafe(ref Unsafe.Add(ref s, slope + i)), sum + Vector256.LoadUnsafe(ref Unsafe.Add(ref u, slope + i)));
                sum.StoreUnsafe(ref Unsafe.Add(ref own, i));
            }
            for (; i < width; i++)
                Unsafe.Add(ref own, i) = (value * Unsafe.Add(ref l, of + i)) + Unsafe.Add(ref b, of + i) + Unsafe.Add(ref u, slope + i) + (part * Unsafe.Add(ref s, slope + i));
        }
    }

    /// <param name="first">The first feature, of which linear has the sums first.</param>
    /// <param name="end">The first that is not asked for.</param>
    /// <param name="linear">(features asked for, width)</param>
    /// <param name="ofSlopes">(features, bins, width) of the bins that numbers lie in.</param>
    /// <param name="whole">(features, bins, width) the slopes of what lies in each bin.</param>
    static void Slopes(
        Span<float> x, Span<float> slope, (int Bin, float Part)[] places, int first, int end, Span<float> linear, Span<float> ofSlopes, Span<float> whole, int count, int width)
    {
        var features = ofSlopes.Length / count / width;
        ref var l = ref MemoryMarshal.GetReference(linear);
        ref var s = ref MemoryMarshal.GetReference(ofSlopes);
        ref var w = ref MemoryMarshal.GetReference(whole);
        for (var row = 0; row < x.Length; row += features)
            for (var feature = first; feature < end; feature++)
            {
                var at = row + feature;
                var (value, (bin, part)) = (x[at], places[at]);
                ref var given = ref slope[at * width];
                var (of, place) = ((feature - first) * width, ((feature * count) + bin) * width);
                var (wide, wideValue) = (Vector256.Create(part), Vector256.Create(value));
                var i = 0;
                for (; i <= width - lanes; i += lanes)
                {
                    var g = Vector256.LoadUnsafe(ref Unsafe.Add(ref given, i));
                    Vector256.FusedMultiplyAdd(wideValue, g, Vector256.LoadUnsafe(ref Unsafe.Add(ref l, of + i))).StoreUnsafe(ref Unsafe.Add(ref l, of + i));
                    Vector256.FusedMultiplyAdd(wide, g, Vector256.LoadUnsafe(ref Unsafe.Add(ref s, place + i))).StoreUnsafe(ref Unsafe.Add(ref s, place + i));
                    (Vector256.LoadUnsafe(ref Unsafe.Add(ref w, place + i)) + g).StoreUnsafe(ref Unsafe.Add(ref w, place + i));
                }
                for (; i < width; i++)
                {
                    var g = Unsafe.Add(ref given, i);
                    Unsafe.Add(ref l, of + i) += value * g;
                    Unsafe.Add(ref s, place + i) += part * g;
                    Unsafe.Add(ref w, place + i) += g;
                }
            }
    }

    /// <param name="below">(features, bins, width) the sum of the slopes of all bins below.</param>
    static void Below(ReadOnlySpan<float> slopes, int count, int width, Span<float> below)
    {
        for (var feature = 0; feature < slopes.Length; feature += count * width)
        {
            below.Slice(feature, width).Clear();
            for (var at = feature + width; at < feature + (count * width); at += width)
                TensorPrimitives.Add(below.Slice(at - width, width), slopes.Slice(at - width, width), below.Slice(at, width));
        }
    }

    // What lies in a bin counts for every bin below it, and once for the bias.
    static void Spread(ReadOnlySpan<float> whole, Span<float> ofSlopes, Span<float> ofBias, int count, int width)
    {
        for (var feature = 0; feature < ofBias.Length / width; feature++)
            for (var i = 0; i < width; i++)
            {
                var above = 0f;
                for (var bin = count - 1; bin >= 0; bin--)
                {
                    var at = (((feature * count) + bin) * width) + i;
                    ofSlopes[at] += above;
                    above += whole[at];
                }
                ofBias[(feature * width) + i] = above;
            }
    }

    /// <returns>How many bins each feature has: those left over scale by 0.</returns>
    static int[] Used(ReadOnlySpan<float> scale, int features)
    {
        var used = new int[features];
        var count = scale.Length / features;
        for (var feature = 0; feature < features; feature++) used[feature] = scale.Slice(feature * count, count).IndexOf(0f) is >= 0 and var first ? first : count;
        return used;
    }

    /// <param name="scale">Of the feature's bins: a number lies in the last that it reaches, value · scale + shift ≥ 0.</param>
    /// <returns>The bin, and how far through it: below 0 or above 1 only beyond all edges.</returns>
    static (int Bin, float Part) Find(ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float value)
    {
        if (scale.Length == 0) return (0, 0);
        var (low, high) = (0, scale.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if ((value * scale[middle]) + shift[middle] >= 0) low = middle;
            else high = middle - 1;
        }
        return (low, (value * scale[low]) + shift[low]);
    }
}
