using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kaggle.Deep.Vision.Files;

/// <summary>A part of a picture, in pixels; edges may lie within one.</summary>
readonly record struct PixelBox(float Left, float Top, float Right, float Bottom);

/// <summary>Scales pictures by a triangle as wide as what a new pixel covers of the old ones: shrinking takes means, enlarging interpolates.</summary>
/// <remarks>
/// Pillow's <c>Image.resize(size, BILINEAR, box)</c> to the bit, which published weights are tested with: weights of 22 bits, rows first, eight bits between the two passes.
/// </remarks>
static class PixelScaling
{
    const int Bits = 22;                                    // 255 · 2^22 is the most that fits beside a sign and a carry
    const int Four = 4;                                     // pixels of a vector

    /// <param name="rgba">(height, width) four bytes each.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="box">What of it is taken.</param>
    /// <param name="into">(new height, new width) four bytes each.</param>
    /// <param name="newWidth">What the box becomes.</param>
    /// <param name="newHeight">What the box becomes.</param>
    public static void Scale(ReadOnlySpan<byte> rgba, int width, int height, PixelBox box, Span<byte> into, int newWidth, int newHeight)
    {
        var from = MemoryMarshal.Cast<byte, uint>(rgba);
        var to = MemoryMarshal.Cast<byte, uint>(into);
        var (across, down) = (Taps.Of(width, box.Left, box.Right, newWidth), Taps.Of(height, box.Top, box.Bottom, newHeight));
        var (first, last) = (down.First[0], down.First[^1] + down.Count[^1]);
        var lent = ArrayPool<uint>.Shared.Rent((last - first) * newWidth);
        for (var row = first; row < last; row++)
            Narrowed(from.Slice(row * width, width), across, lent.AsSpan((row - first) * newWidth, newWidth));
        for (var row = 0; row < newHeight; row++)
            Summed(lent.AsSpan((down.First[row] - first) * newWidth, down.Count[row] * newWidth), down.Of(row), to.Slice(row * newWidth, newWidth));
        ArrayPool<uint>.Shared.Return(lent);
    }

    /// <summary>One row, made wider or narrower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]                      // a folder of pictures would be half read before the runtime found the loops worth it
    static void Narrowed(ReadOnlySpan<uint> from, Taps taps, Span<uint> to)
    {
        ref var pixels = ref MemoryMarshal.GetReference(from);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(taps.Weights);
        if (taps.Most > from.Length)
        {
            for (var i = 0; i < to.Length; i++) to[i] = One(from[taps.First[i]..], taps.Of(i), 1);
            return;
        }
        var each = Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
        for (var i = 0; i < to.Length; i++)
        {
            var sum = Vector512<int>.Zero;
            ref var first = ref Unsafe.Add(ref pixels, taps.First[i]);
            ref var weight = ref Unsafe.Add(ref weights, i * taps.Most);
            for (var k = 0; k < taps.Most; k += Four)
                sum += Channels(Vector128.LoadUnsafe(ref Unsafe.Add(ref first, k))) * Vector512.Shuffle(Vector128.LoadUnsafe(ref Unsafe.Add(ref weight, k)).ToVector256Unsafe().ToVector512Unsafe(), each);
            var half = sum.GetLower() + sum.GetUpper();
            to[i] = Packed(Half + half.GetLower() + half.GetUpper());
        }
    }

    /// <summary>Several rows' weighted sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Summed(ReadOnlySpan<uint> rows, ReadOnlySpan<int> weights, Span<uint> to)
    {
        ref var pixels = ref MemoryMarshal.GetReference(rows);
        var i = 0;
        for (; i <= to.Length - Four; i += Four)
        {
            var sum = Vector512.Create(1 << (Bits - 1));
            ref var pixel = ref Unsafe.Add(ref pixels, i);
            foreach (var weight in weights)
            {
                sum += Channels(Vector128.LoadUnsafe(ref pixel)) * weight;
                pixel = ref Unsafe.Add(ref pixel, to.Length);
            }
            Packed(sum).CopyTo(to[i..]);
        }
        for (; i < to.Length; i++) to[i] = One(rows[i..], weights, to.Length);
    }

    /// <summary>One new pixel.</summary>
    /// <param name="pixels">Of which every so many count.</param>
    static uint One(ReadOnlySpan<uint> pixels, ReadOnlySpan<int> weights, int every)
    {
        var sum = Half;
        for (int k = 0, at = 0; k < weights.Length; k++, at += every) sum += Channels(Vector128.CreateScalar(pixels[at])).GetLower().GetLower() * weights[k];
        return Packed(sum);
    }

    static Vector128<int> Half => Vector128.Create(1 << (Bits - 1));

    /// <returns>Of four pixels the channels, a number each.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<int> Channels(Vector128<uint> pixels)
    {
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector512Int32(pixels.AsByte());
        var (lower, upper) = Vector128.Widen(pixels.AsByte());
        return Vector512.Create(Vector256.Create(Vector128.WidenLower(lower), Vector128.WidenUpper(lower)), Vector256.Create(Vector128.WidenLower(upper), Vector128.WidenUpper(upper))).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Packed(Vector128<int> sum)
    {
        var values = (sum >> Bits).AsUInt32();
        return Vector128.Narrow(Vector128.Narrow(values, values), Vector128<ushort>.Zero).AsUInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> Packed(Vector512<int> sums)
    {
        var values = (sums >> Bits).AsUInt32();
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector128Byte(values).AsUInt32();
        var (lower, upper) = (values.GetLower(), values.GetUpper());
        return Vector128.Narrow(Vector128.Narrow(lower.GetLower(), lower.GetUpper()), Vector128.Narrow(upper.GetLower(), upper.GetUpper())).AsUInt32();
    }

    /// <summary>For each new pixel the old ones that it is made of.</summary>
    /// <param name="First">(new pixels) the first of them.</param>
    /// <param name="Count">(new pixels) how many.</param>
    /// <param name="Weights">(new pixels, most) of 2^22 together; 0 from the count on.</param>
    /// <param name="Most">At least the largest count, a multiple of four; so many lie from every first on, where there are so many at all.</param>
    sealed record Taps(int[] First, int[] Count, int[] Weights, int Most)
    {
        public ReadOnlySpan<int> Of(int pixel) => Weights.AsSpan(pixel * Most, Count[pixel]);

        public static Taps Of(int length, float start, float end, int pixels)
        {
            var scale = (double)(end - start) / pixels;
            var reach = Math.Max(scale, 1);
            var most = ((int)Math.Ceiling(reach) * 2 + Four) / Four * Four;
            var taps = new Taps(new int[pixels], new int[pixels], new int[pixels * most], most);
            var weights = new double[most];
            for (var i = 0; i < pixels; i++)
            {
                var centre = start + (i + 0.5) * scale;
                var first = Math.Max(0, (int)(centre - reach + 0.5));
                var count = Math.Min(length, (int)(centre + reach + 0.5)) - first;
                var all = 0.0;
                for (var k = 0; k < count; k++) all += weights[k] = Math.Max(0, 1 - Math.Abs((k + first - centre + 0.5) / reach));
                // Near the end the row of weights begins earlier, with zeros, so that whole vectors of pixels lie under it.
                var before = most <= length ? Math.Max(0, first + most - length) : 0;
                for (var k = 0; k < count; k++) taps.Weights[i * most + before + k] = (int)(weights[k] / all * (1 << Bits) + 0.5);
                (taps.First[i], taps.Count[i]) = (first - before, before + count);
            }
            return taps;
        }
    }
}
