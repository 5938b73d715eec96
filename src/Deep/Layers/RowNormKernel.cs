using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Batch norm over the rows of a table, if asked of their positive parts, a few passes over the memory with nothing stored between.</summary>
/// <remarks>
/// libtorch's own takes several times as long on a thousand rows of a few hundred numbers: it goes through columns, which lie apart, and stores what comes between.
/// </remarks>
static class RowNormKernel
{
    static readonly int lanes = Vector256<float>.Count;

    /// <param name="x">(rows, columns)</param>
    public static RowMoments Measure<T, L>(Tensor x, double epsilon, bool rectify) where T : unmanaged where L : IFloatLanes<T>
    {
        var (rows, columns) = (x.shape[0], (int)x.shape[1]);
        var blocks = new RowBlocks(rows, columns);
        var mean = blocks.Sum(columns, (block, sums) => Sum<T, L>(blocks.Of<T>(x, block), rectify, sums));
        for (var c = 0; c < columns; c++) mean[c] /= rows;

        // Lean: what the sum above has lost, so that a constant column is exactly its mean.
        var both = blocks.Sum(2 * columns, (block, sums) => Squares<T, L>(blocks.Of<T>(x, block), rectify, mean, sums[..columns], sums[columns..]));
        var (lean, variance, inverse) = (both[..columns], both[columns..], new float[columns]);
        for (var c = 0; c < columns; c++)
        {
            lean[c] /= rows;
            mean[c] += lean[c];
            variance[c] = MathF.Max(0, (variance[c] / rows) - (lean[c] * lean[c]));
            inverse[c] = (float)(1 / Math.Sqrt(variance[c] + epsilon));
        }
        return new(mean, variance, inverse, rectify);
    }

    /// <summary>y = (x − mean) / deviation · weight + bias.</summary>
    public static void Forward<T, L>(Tensor x, RowMoments moments, Tensor weight, Tensor bias, Tensor y) where T : unmanaged where L : IFloatLanes<T>
    {
        var scale = new float[weight.shape[0]];
        var weights = weight.Numbers<float>();
        for (var c = 0; c < scale.Length; c++) scale[c] = weights[c] * moments.Inverse[c];
        var blocks = new RowBlocks(x.shape[0], scale.Length);
        blocks.Run(block => Norm<T, L>(blocks.Of<T>(x, block), moments, scale, bias.Numbers<float>(), blocks.Of<T>(y, block)));
    }

    /// <param name="x">As given forward.</param>
    /// <param name="slope">(rows, columns) of the loss by y.</param>
    /// <param name="slopeOfX">Gets that by x.</param>
    /// <param name="slopeOfWeight">Gets that by the weights.</param>
    /// <param name="slopeOfBias">Gets that by the biases.</param>
    public static void Backward<T, L>(Tensor x, Tensor slope, RowMoments moments, Tensor weight, Tensor slopeOfX, Tensor slopeOfWeight, Tensor slopeOfBias)
        where T : unmanaged where L : IFloatLanes<T>
    {
        var (rows, columns) = (x.shape[0], (int)x.shape[1]);
        var blocks = new RowBlocks(rows, columns);
        var both = blocks.Sum(2 * columns, (block, sums) => Slopes<T, L>(blocks.Of<T>(x, block), blocks.Of<T>(slope, block), moments, sums[..columns], sums[columns..]));
        var (ofWeight, ofBias) = (both[..columns], both[columns..]);

        var (scale, common, along) = (new float[columns], new float[columns], new float[columns]);
        var weights = weight.Numbers<float>();
        for (var c = 0; c < columns; c++)
        {
            var inverse = moments.Inverse[c];
            scale[c] = weights[c] * inverse;
            common[c] = ofBias[c] / rows;
            along[c] = ofWeight[c] * inverse * inverse / rows;
            ofWeight[c] *= inverse;
        }
        ofWeight.CopyTo(slopeOfWeight.Numbers<float>());
        ofBias.CopyTo(slopeOfBias.Numbers<float>());
        blocks.Run(block => Return<T, L>(blocks.Of<T>(x, block), blocks.Of<T>(slope, block), moments, scale, common, along, blocks.Of<T>(slopeOfX, block)));
    }

    static void Sum<T, L>(Span<T> x, bool rectify, Span<float> sums) where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = sums.Length;
        var (floor, wideFloor) = Floor(rectify);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (var start = 0; start < x.Length; start += columns)
        {
            ref var at = ref x[start];
            var c = 0;
            for (; c <= columns - lanes; c += lanes)
                (Vector256.LoadUnsafe(ref Unsafe.Add(ref sum, c)) + Vector256.Max(L.Load(ref Unsafe.Add(ref at, c)), wideFloor)).StoreUnsafe(ref Unsafe.Add(ref sum, c));
            for (; c < columns; c++) sums[c] += MathF.Max(L.From(Unsafe.Add(ref at, c)), floor);
        }
    }

    static void Squares<T, L>(Span<T> x, bool rectify, ReadOnlySpan<float> mean, Span<float> lean, Span<float> square) where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = mean.Length;
        var (floor, wideFloor) = Floor(rectify);
        ref var means = ref MemoryMarshal.GetReference(mean);
        ref var leans = ref MemoryMarshal.GetReference(lean);
        ref var squares = ref MemoryMarshal.GetReference(square);
        for (var start = 0; start < x.Length; start += columns)
        {
            ref var at = ref x[start];
            var c = 0;
            for (; c <= columns - lanes; c += lanes)
            {
                var apart = Vector256.Max(L.Load(ref Unsafe.Add(ref at, c)), wideFloor) - Vector256.LoadUnsafe(ref Unsafe.Add(ref means, c));
                (Vector256.LoadUnsafe(ref Unsafe.Add(ref leans, c)) + apart).StoreUnsafe(ref Unsafe.Add(ref leans, c));
                Vector256.FusedMultiplyAdd(apart, apart, Vector256.LoadUnsafe(ref Unsafe.Add(ref squares, c))).StoreUnsafe(ref Unsafe.Add(ref squares, c));
            }
            for (; c < columns; c++)
            {
                var apart = MathF.Max(L.From(Unsafe.Add(ref at, c)), floor) - mean[c];
                lean[c] += apart;
                square[c] += apart * apart;
            }
        }
    }

    static void Norm<T, L>(Span<T> x, RowMoments moments, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<T> y) where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = scale.Length;
        var (floor, wideFloor) = Floor(moments.Rectify);
        var mean = moments.Mean;
        ref var means = ref MemoryMarshal.GetArrayDataReference(mean);
        ref var scales = ref MemoryMarshal.GetReference(scale);
        ref var biases = ref MemoryMarshal.GetReference(bias);
        for (var start = 0; start < x.Length; start += columns)
        {
            ref var from = ref x[start];
            ref var to = ref y[start];
            var c = 0;
            for (; c <= columns - lanes; c += lanes)
            {
                var apart = Vector256.Max(L.Load(ref Unsafe.Add(ref from, c)), wideFloor) - Vector256.LoadUnsafe(ref Unsafe.Add(ref means, c));
                L.Store(Vector256.FusedMultiplyAdd(apart, Vector256.LoadUnsafe(ref Unsafe.Add(ref scales, c)), Vector256.LoadUnsafe(ref Unsafe.Add(ref biases, c))), ref Unsafe.Add(ref to, c));
            }
            for (; c < columns; c++)
                Unsafe.Add(ref to, c) = L.To((MathF.Max(L.From(Unsafe.Add(ref from, c)), floor) - mean[c]) * scale[c] + bias[c]);
        }
    }

    // Of the weights still to be divided by the deviation.
    static void Slopes<T, L>(Span<T> x, Span<T> slope, RowMoments moments, Span<float> ofWeight, Span<float> ofBias) where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = ofWeight.Length;
        var (floor, wideFloor) = Floor(moments.Rectify);
        var mean = moments.Mean;
        ref var means = ref MemoryMarshal.GetArrayDataReference(mean);
        ref var weights = ref MemoryMarshal.GetReference(ofWeight);
        ref var biases = ref MemoryMarshal.GetReference(ofBias);
        for (var start = 0; start < x.Length; start += columns)
        {
            ref var at = ref x[start];
            ref var slopes = ref slope[start];
            var c = 0;
            for (; c <= columns - lanes; c += lanes)
            {
                var apart = Vector256.Max(L.Load(ref Unsafe.Add(ref at, c)), wideFloor) - Vector256.LoadUnsafe(ref Unsafe.Add(ref means, c));
                var by = L.Load(ref Unsafe.Add(ref slopes, c));
                (Vector256.LoadUnsafe(ref Unsafe.Add(ref biases, c)) + by).StoreUnsafe(ref Unsafe.Add(ref biases, c));
                Vector256.FusedMultiplyAdd(by, apart, Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, c))).StoreUnsafe(ref Unsafe.Add(ref weights, c));
            }
            for (; c < columns; c++)
            {
                var by = L.From(Unsafe.Add(ref slopes, c));
                ofBias[c] += by;
                ofWeight[c] += by * (MathF.Max(L.From(Unsafe.Add(ref at, c)), floor) - mean[c]);
            }
        }
    }

    static void Return<T, L>(Span<T> x, Span<T> slope, RowMoments moments, ReadOnlySpan<float> scale, ReadOnlySpan<float> common, ReadOnlySpan<float> along, Span<T> slopeOfX)
        where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = scale.Length;
        var (floor, wideFloor) = Floor(moments.Rectify);
        var mean = moments.Mean;
        ref var means = ref MemoryMarshal.GetArrayDataReference(mean);
        ref var scales = ref MemoryMarshal.GetReference(scale);
        ref var commons = ref MemoryMarshal.GetReference(common);
        ref var alongs = ref MemoryMarshal.GetReference(along);
        var wideOff = Vector256.Create(moments.Rectify ? 0 : float.NegativeInfinity);
        for (var start = 0; start < x.Length; start += columns)
        {
            ref var at = ref x[start];
            ref var slopes = ref slope[start];
            ref var to = ref slopeOfX[start];
            var c = 0;
            for (; c <= columns - lanes; c += lanes)
            {
                var given = L.Load(ref Unsafe.Add(ref at, c));
                var apart = Vector256.Max(given, wideFloor) - Vector256.LoadUnsafe(ref Unsafe.Add(ref means, c));
                var rest = L.Load(ref Unsafe.Add(ref slopes, c)) - Vector256.LoadUnsafe(ref Unsafe.Add(ref commons, c)) - apart * Vector256.LoadUnsafe(ref Unsafe.Add(ref alongs, c));
                var by = rest * Vector256.LoadUnsafe(ref Unsafe.Add(ref scales, c));
                L.Store(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(given, wideOff), Vector256<float>.Zero, by), ref Unsafe.Add(ref to, c));
            }
            for (; c < columns; c++)
            {
                var given = L.From(Unsafe.Add(ref at, c));
                var apart = MathF.Max(given, floor) - mean[c];
                var by = (L.From(Unsafe.Add(ref slopes, c)) - common[c] - apart * along[c]) * scale[c];
                Unsafe.Add(ref to, c) = L.To(moments.Rectify && given <= 0 ? 0 : by);
            }
        }
    }

    static (float, Vector256<float>) Floor(bool rectify)
    {
        var floor = rectify ? 0 : float.NegativeInfinity;
        return (floor, Vector256.Create(floor));
    }
}

/// <summary>What the rows of a batch say of each column; the way back needs it besides the rows.</summary>
/// <param name="Mean">Of each column.</param>
/// <param name="Variance">Of each column, divided by the rows.</param>
/// <param name="Inverse">1 / √(variance + ε) of each column.</param>
/// <param name="Rectify">Whether positive parts were normed.</param>
sealed record RowMoments(float[] Mean, float[] Variance, float[] Inverse, bool Rectify);
