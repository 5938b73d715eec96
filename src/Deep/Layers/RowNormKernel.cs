using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kaggle.Deep.Layers;

/// <summary>Batch norm over the rows of a table, if asked of their positive parts, a few passes over the memory with nothing stored between.</summary>
/// <remarks>
/// libtorch's own takes several times as long on a thousand rows of a few hundred numbers: it goes through columns, which lie apart, and stores what comes between.
/// </remarks>
static class RowNormKernel
{
    static readonly int lanes = Vector256<float>.Count;

    /// <param name="x">(rows, columns)</param>
    /// <param name="variance">Gets each column's, divided by the rows.</param>
    public static RowMoments Measure<T, L>(Span<T> x, float[] variance, double epsilon, bool rectify) where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = variance.Length;
        var rows = x.Length / columns;
        var (floor, wideFloor) = Floor(rectify);
        var (mean, inverse) = (new float[columns], new float[columns]);
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var means = ref MemoryMarshal.GetArrayDataReference(mean);
        ref var variances = ref MemoryMarshal.GetArrayDataReference(variance);
        for (var row = 0; row < rows; row++)
        {
            ref var at = ref Unsafe.Add(ref first, (nint)row * columns);
            var c = 0;
            for (; c <= columns - lanes; c += lanes)
                (Vector256.LoadUnsafe(ref Unsafe.Add(ref means, c)) + Vector256.Max(L.Load(ref Unsafe.Add(ref at, c)), wideFloor)).StoreUnsafe(ref Unsafe.Add(ref means, c));
            for (; c < columns; c++) mean[c] += MathF.Max(L.From(Unsafe.Add(ref at, c)), floor);
        }
        for (var c = 0; c < columns; c++) mean[c] /= rows;
        Array.Clear(variance);
        var lean = new float[columns];                                     // what the sum above has lost, so that a constant column is exactly its mean
        ref var leans = ref MemoryMarshal.GetArrayDataReference(lean);
        for (var row = 0; row < rows; row++)
        {
            ref var at = ref Unsafe.Add(ref first, (nint)row * columns);
            var c = 0;
            for (; c <= columns - lanes; c += lanes)
            {
                var apart = Vector256.Max(L.Load(ref Unsafe.Add(ref at, c)), wideFloor) - Vector256.LoadUnsafe(ref Unsafe.Add(ref means, c));
                (Vector256.LoadUnsafe(ref Unsafe.Add(ref leans, c)) + apart).StoreUnsafe(ref Unsafe.Add(ref leans, c));
                Vector256.FusedMultiplyAdd(apart, apart, Vector256.LoadUnsafe(ref Unsafe.Add(ref variances, c))).StoreUnsafe(ref Unsafe.Add(ref variances, c));
            }
            for (; c < columns; c++)
            {
                var apart = MathF.Max(L.From(Unsafe.Add(ref at, c)), floor) - mean[c];
                lean[c] += apart;
                variance[c] += apart * apart;
            }
        }
        for (var c = 0; c < columns; c++)
        {
            lean[c] /= rows;
            mean[c] += lean[c];
            variance[c] = MathF.Max(0, (variance[c] / rows) - (lean[c] * lean[c]));
            inverse[c] = (float)(1 / Math.Sqrt(variance[c] + epsilon));
        }
        return new(mean, inverse, rectify);
    }

    /// <summary>y = (x − mean) / deviation · weight + bias.</summary>
    public static void Forward<T, L>(Span<T> x, RowMoments moments, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<T> y) where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = weight.Length;
        var (floor, wideFloor) = Floor(moments.Rectify);
        var mean = moments.Mean;
        var scale = new float[columns];
        for (var c = 0; c < columns; c++) scale[c] = weight[c] * moments.Inverse[c];
        ref var means = ref MemoryMarshal.GetArrayDataReference(mean);
        ref var scales = ref MemoryMarshal.GetArrayDataReference(scale);
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

    /// <param name="x">As given forward.</param>
    /// <param name="slope">(rows, columns) of the loss by y.</param>
    /// <param name="slopeOfX">Gets that by x.</param>
    /// <param name="slopeOfWeight">Gets that by the weights.</param>
    /// <param name="slopeOfBias">Gets that by the biases.</param>
    public static void Backward<T, L>(Span<T> x, Span<T> slope, RowMoments moments, ReadOnlySpan<float> weight, Span<T> slopeOfX, Span<float> slopeOfWeight, Span<float> slopeOfBias)
        where T : unmanaged where L : IFloatLanes<T>
    {
        var columns = weight.Length;
        var rows = x.Length / columns;
        var (floor, wideFloor) = Floor(moments.Rectify);
        var (mean, inverse) = (moments.Mean, moments.Inverse);
        slopeOfWeight.Clear();
        slopeOfBias.Clear();
        ref var means = ref MemoryMarshal.GetArrayDataReference(mean);
        ref var weights = ref MemoryMarshal.GetReference(slopeOfWeight);
        ref var biases = ref MemoryMarshal.GetReference(slopeOfBias);
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
                slopeOfBias[c] += by;
                slopeOfWeight[c] += by * (MathF.Max(L.From(Unsafe.Add(ref at, c)), floor) - mean[c]);
            }
        }

        var (scale, common, along) = (new float[columns], new float[columns], new float[columns]);
        for (var c = 0; c < columns; c++)
        {
            scale[c] = weight[c] * inverse[c];
            common[c] = slopeOfBias[c] / rows;
            along[c] = slopeOfWeight[c] * inverse[c] * inverse[c] / rows;
            slopeOfWeight[c] *= inverse[c];
        }
        ref var scales = ref MemoryMarshal.GetArrayDataReference(scale);
        ref var commons = ref MemoryMarshal.GetArrayDataReference(common);
        ref var alongs = ref MemoryMarshal.GetArrayDataReference(along);
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

/// <summary>What the way back needs besides the rows.</summary>
/// <param name="Mean">Of each column.</param>
/// <param name="Inverse">1 / √(variance + ε) of each column.</param>
/// <param name="Rectify">Whether positive parts were normed.</param>
sealed record RowMoments(float[] Mean, float[] Inverse, bool Rectify);
