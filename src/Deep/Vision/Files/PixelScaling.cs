using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    static void Narrowed(ReadOnlySpan<uint> from, Taps taps, Span<uint> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            var sum = Half;
            var weights = taps.Of(i);
            var pixels = from.Slice(taps.First[i], weights.Length);
            for (var k = 0; k < pixels.Length; k++) sum += Channels(pixels[k]) * weights[k];
            to[i] = Packed(sum);
        }
    }

    /// <summary>Several rows' weighted sum.</summary>
    static void Summed(ReadOnlySpan<uint> rows, ReadOnlySpan<int> weights, Span<uint> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            var sum = Half;
            for (int k = 0, at = i; k < weights.Length; k++, at += to.Length) sum += Channels(rows[at]) * weights[k];
            to[i] = Packed(sum);
        }
    }

    static Vector128<int> Half => Vector128.Create(1 << (Bits - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<int> Channels(uint pixel) => Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte())).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Packed(Vector128<int> sum)
    {
        var values = Vector128.Clamp(sum >> Bits, Vector128<int>.Zero, Vector128.Create(255)).AsUInt32();
        return Vector128.Narrow(Vector128.Narrow(values, values), Vector128<ushort>.Zero).AsUInt32().ToScalar();
    }

    /// <summary>For each new pixel the old ones that it is made of.</summary>
    /// <param name="First">(new pixels) the first of them.</param>
    /// <param name="Count">(new pixels) how many.</param>
    /// <param name="Weights">(new pixels, most) of 2^22 together.</param>
    /// <param name="Most">The largest count.</param>
    sealed record Taps(int[] First, int[] Count, int[] Weights, int Most)
    {
        public ReadOnlySpan<int> Of(int pixel) => Weights.AsSpan(pixel * Most, Count[pixel]);

        public static Taps Of(int length, float start, float end, int pixels)
        {
            var scale = (double)(end - start) / pixels;
            var reach = Math.Max(scale, 1);
            var most = (int)Math.Ceiling(reach) * 2 + 1;
            var taps = new Taps(new int[pixels], new int[pixels], new int[pixels * most], most);
            var weights = new double[most];
            for (var i = 0; i < pixels; i++)
            {
                var centre = start + (i + 0.5) * scale;
                var first = Math.Max(0, (int)(centre - reach + 0.5));
                var count = Math.Min(length, (int)(centre + reach + 0.5)) - first;
                (taps.First[i], taps.Count[i]) = (first, count);
                var all = 0.0;
                for (var k = 0; k < count; k++) all += weights[k] = Math.Max(0, 1 - Math.Abs((k + first - centre + 0.5) / reach));
                for (var k = 0; k < count; k++) taps.Weights[i * most + k] = (int)(weights[k] / all * (1 << Bits) + 0.5);
            }
            return taps;
        }
    }
}
