using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>Samples pictures in main memory: what libtorch's grid_sample gives, a row of coordinates and a pixel's channels at a time, without a grid in memory.</summary>
/// <remarks>benchmarks -- jpeg times it as a part of augmentation.</remarks>
static class PixelSampling
{
    const float Farthest = 1e6f;  // in pixels; farther out there is nothing that anybody could tell apart

    /// <param name="pictures">(batch, channels, height, width), 32-bit floats in main memory.</param>
    /// <param name="motions">(batch, 3, 3), from the new picture's coordinates to the old one's, both −1 … 1.</param>
    /// <param name="edges">What lies beyond.</param>
    /// <param name="side">Height and width of the new pictures; null: those of the old ones.</param>
    /// <returns>(batch, channels, height, width), a pixel's channels side by side.</returns>
    public static Tensor Sample(Tensor pictures, Tensor motions, BeyondEdges edges, int? side = null)
    {
        using var scope = NewDisposeScope();
        var from = pictures.permute(0, 2, 3, 1).contiguous();
        var (rows, height, width, channels) = ((int)from.shape[0], (int)from.shape[1], (int)from.shape[2], (int)from.shape[3]);
        var (newHeight, newWidth) = (side ?? height, side ?? width);
        var to = empty(rows, newHeight, newWidth, channels);
        var homographies = motions.cpu().contiguous().data<float>().ToArray();
        Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()) }, row =>
        {
            var (size, newSize) = (height * width * channels, newHeight * newWidth * channels);
            var sampler = new PictureSampler(Pixels(from).Slice(row * size, size), Pixels(to).Slice(row * newSize, newSize), height, width, newHeight, newWidth, channels, edges);
            sampler.Run(homographies.AsSpan(9 * row, 9));
        });
        return to.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    static Span<float> Pixels(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Of one row of the new picture the places in the old one; longer than the row by what fills the last vector.</summary>
    /// <param name="Left">The column to the left of each place.</param>
    /// <param name="Top">The line above it.</param>
    /// <param name="Right">The share of the next column.</param>
    /// <param name="Below">The share of the next line.</param>
    /// <param name="Start">Where the pixel above and to the left starts; −1 where not all four pixels about the place are there.</param>
    sealed record RowSampling(float[] Left, float[] Top, float[] Right, float[] Below, int[] Start)
    {
        public static RowSampling For(int width)
        {
            var length = (width + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
            return new(new float[length], new float[length], new float[length], new float[length], new int[length]);
        }
    }

    readonly ref struct PictureSampler(ReadOnlySpan<float> from, Span<float> to, int height, int width, int newHeight, int newWidth, int channels, BeyondEdges edges)
    {
        readonly ReadOnlySpan<float> from = from;
        readonly Span<float> to = to;

        /// <param name="h">(3, 3).</param>
        public void Run(ReadOnlySpan<float> h)
        {
            var places = RowSampling.For(newWidth);
            for (var y = 0; y < newHeight; y++)
            {
                Find(h, (2f * y + 1) / newHeight - 1, places);
                if (channels == 3) Colours(places, to.Slice(y * newWidth * 3, newWidth * 3));
                else Others(places, to.Slice(y * newWidth * channels, newWidth * channels));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Find(ReadOnlySpan<float> h, float y, RowSampling places)
        {
            var (fromX, fromY, depth) = (new Vector<float>(h[1] * y + h[2]), new Vector<float>(h[4] * y + h[5]), new Vector<float>(h[7] * y + h[8]));
            var (lastColumn, lastLine) = (new Vector<float>(width - 2), new Vector<float>(height - 2));
            var centres = Vector.CreateSequence(1f / newWidth - 1, 2f / newWidth);
            for (var x = 0; x < newWidth; x += Vector<float>.Count)
            {
                var at = centres + new Vector<float>(2f * x / newWidth);
                var scale = Vector<float>.One / (h[6] * at + depth);
                var (across, down) = (Inside((h[0] * at + fromX) * scale, width), Inside((h[3] * at + fromY) * scale, height));
                var (left, top) = (Vector.Floor(across), Vector.Floor(down));
                // The last pixel's own place is all of the next one's share, so that there is a next one.
                if (edges != BeyondEdges.Black) (left, top) = (Vector.Min(left, lastColumn), Vector.Min(top, lastLine));
                var start = (Vector.ConvertToInt32Native(top) * width + Vector.ConvertToInt32Native(left)) * channels;
                var all = Vector.GreaterThanOrEqual(Vector.Min(left, top), Vector<float>.Zero) & Vector.LessThanOrEqual(left, lastColumn) & Vector.LessThanOrEqual(top, lastLine);
                left.CopyTo(places.Left, x);
                top.CopyTo(places.Top, x);
                (across - left).CopyTo(places.Right, x);
                (down - top).CopyTo(places.Below, x);
                Vector.ConditionalSelect(all, start, new(-1)).CopyTo(places.Start, x);
            }
        }

        /// <summary>From −1 … 1 to pixels; what lies beyond the edges is brought inside, but where it is to be black.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector<float> Inside(Vector<float> at, int size)
        {
            var place = Vector.Clamp(((at + Vector<float>.One) * size - Vector<float>.One) * 0.5f, new(-Farthest), new(Farthest));
            if (edges == BeyondEdges.Black) return place;
            if (edges == BeyondEdges.Mirrored)
            {
                // The edge lies half a pixel outside of the first and the last centre.
                var off = Vector.Abs(place + new Vector<float>(0.5f));
                var flips = Vector.Floor(off / size);
                var rest = off - flips * size;
                var odd = flips - 2 * Vector.Floor(flips * 0.5f);
                place = rest + odd * (new Vector<float>(size) - 2 * rest) - new Vector<float>(0.5f);
            }
            return Vector.Clamp(place, Vector<float>.Zero, new(size - 1));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Colours(RowSampling places, Span<float> row)
        {
            ref var pixels = ref MemoryMarshal.GetReference(from);
            ref var made = ref MemoryMarshal.GetReference(row);
            ref var starts = ref MemoryMarshal.GetArrayDataReference(places.Start);
            ref var rights = ref MemoryMarshal.GetArrayDataReference(places.Right);
            ref var belows = ref MemoryMarshal.GetArrayDataReference(places.Below);
            // Each pixel is read and written with one number of the next: of the picture's last pixel there is none.
            var (line, lastStart, last) = (3 * width, from.Length - 3 * width - 7, newWidth - 1);
            for (var x = 0; x < newWidth; x++)
            {
                var start = Unsafe.Add(ref starts, x);
                if (start < 0 || start > lastStart || x == last)
                {
                    Colour(places, x, row.Slice(3 * x, 3));
                    continue;
                }
                ref var first = ref Unsafe.Add(ref pixels, start);
                ref var second = ref Unsafe.Add(ref first, line);
                var (above, under) = (Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref second));
                var right = Vector128.Create(Unsafe.Add(ref rights, x));
                above = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref first, 3) - above, right, above);
                under = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref second, 3) - under, right, under);
                Vector128.FusedMultiplyAdd(under - above, Vector128.Create(Unsafe.Add(ref belows, x)), above).StoreUnsafe(ref made, (nuint)(3 * x));
            }
        }

        void Others(RowSampling places, Span<float> row)
        {
            for (var x = 0; x < newWidth; x++) Colour(places, x, row.Slice(x * channels, channels));
        }

        /// <summary>One pixel of the new picture.</summary>
        void Colour(RowSampling places, int x, Span<float> into)
        {
            var (start, right, below) = (places.Start[x], places.Right[x], places.Below[x]);
            var (column, line, under) = ((int)places.Left[x], (int)places.Top[x], width * channels);
            for (var c = 0; c < into.Length; c++, start++)
            {
                var (a, b, d, e) = places.Start[x] >= 0
                    ? (from[start], from[start + channels], from[start + under], from[start + under + channels])
                    : (Number(column, line, c), Number(column + 1, line, c), Number(column, line + 1, c), Number(column + 1, line + 1, c));
                a += (b - a) * right;
                d += (e - d) * right;
                into[c] = a + (d - a) * below;
            }
        }

        float Number(int x, int y, int channel) => Beyond(ref x, ref y) ? 0 : from[(y * width + x) * channels + channel];

        /// <returns>Whether there is black; else the place is brought inside, where its share is 0 or the picture a single line.</returns>
        bool Beyond(ref int x, ref int y)
        {
            if ((uint)x < (uint)width && (uint)y < (uint)height) return false;
            (x, y) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
            return edges == BeyondEdges.Black;
        }
    }
}
