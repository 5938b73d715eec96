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
    /// <returns>The same shape, a pixel's channels side by side.</returns>
    public static Tensor Sample(Tensor pictures, Tensor motions, BeyondEdges edges)
    {
        using var scope = NewDisposeScope();
        var from = pictures.permute(0, 2, 3, 1).contiguous();
        var to = empty_like(from);
        var (rows, height, width, channels) = ((int)from.shape[0], (int)from.shape[1], (int)from.shape[2], (int)from.shape[3]);
        var homographies = motions.cpu().contiguous().data<float>().ToArray();
        Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()) }, row =>
        {
            var size = height * width * channels;
            var sampler = new PictureSampler(Pixels(from).Slice(row * size, size), Pixels(to).Slice(row * size, size), height, width, channels, edges);
            sampler.Run(homographies.AsSpan(9 * row, 9));
        });
        return to.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    static Span<float> Pixels(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    readonly ref struct PictureSampler(ReadOnlySpan<float> from, Span<float> to, int height, int width, int channels, BeyondEdges edges)
    {
        readonly ReadOnlySpan<float> from = from;
        readonly Span<float> to = to;

        /// <param name="h">(3, 3).</param>
        public void Run(ReadOnlySpan<float> h)
        {
            var (xs, ys) = (new float[width], new float[width]);
            for (var y = 0; y < height; y++)
            {
                Coordinates(h, (2f * y + 1) / height - 1, xs, ys);
                if (channels == 3) Colours(xs, ys, to.Slice(y * width * 3, width * 3));
                else Others(xs, ys, to.Slice(y * width * channels, width * channels));
            }
        }

        /// <summary>Of one row of the new picture the places in the old one, in pixels.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Coordinates(ReadOnlySpan<float> h, float y, Span<float> xs, Span<float> ys)
        {
            var (fromX, fromY, depth) = (h[1] * y + h[2], h[4] * y + h[5], h[7] * y + h[8]);
            var x = 0;
            var centres = Vector.CreateSequence(1f / width - 1, 2f / width);
            for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
            {
                var at = centres + new Vector<float>(2f * x / width);
                var scale = Vector<float>.One / (h[6] * at + new Vector<float>(depth));
                Inside((h[0] * at + new Vector<float>(fromX)) * scale, width).CopyTo(xs[x..]);
                Inside((h[3] * at + new Vector<float>(fromY)) * scale, height).CopyTo(ys[x..]);
            }
            for (; x < width; x++)
            {
                var at = (2f * x + 1) / width - 1;
                var scale = 1 / (h[6] * at + depth);
                xs[x] = Inside(new((h[0] * at + fromX) * scale), width)[0];
                ys[x] = Inside(new((h[3] * at + fromY) * scale), height)[0];
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
        void Colours(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, Span<float> row)
        {
            ref var pixels = ref MemoryMarshal.GetReference(from);
            ref var made = ref MemoryMarshal.GetReference(row);
            var (lastColumn, lastLine, line) = ((uint)Math.Max(0, width - 2), (uint)Math.Max(0, height - 1), (nuint)(3 * width));
            for (var x = 0; x < xs.Length; x++)
            {
                var (left, top) = (MathF.Floor(xs[x]), MathF.Floor(ys[x]));
                var (column, at) = ((int)left, (int)top);
                var (right, below) = (Vector128.Create(xs[x] - left), Vector128.Create(ys[x] - top));
                Vector128<float> above, beside, under, across;
                // Each pixel is read with one number of the next: of the picture's last pixel there is none.
                if ((uint)column < lastColumn && (uint)at < lastLine)
                {
                    var place = (nuint)(3 * (at * width + column));
                    (above, beside) = (Vector128.LoadUnsafe(ref pixels, place), Vector128.LoadUnsafe(ref pixels, place + 3));
                    (under, across) = (Vector128.LoadUnsafe(ref pixels, place + line), Vector128.LoadUnsafe(ref pixels, place + line + 3));
                }
                else
                {
                    (above, beside) = (Colour(column, at), Colour(column + 1, at));
                    (under, across) = (Colour(column, at + 1), Colour(column + 1, at + 1));
                }
                above += (beside - above) * right;
                under += (across - under) * right;
                var mixed = above + (under - above) * below;
                if (x < xs.Length - 1) mixed.StoreUnsafe(ref made, (nuint)(3 * x));           // its fourth number is written over by the next pixel
                else (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = (mixed[0], mixed[1], mixed[2]);
            }
        }

        Vector128<float> Colour(int x, int y)
        {
            if ((uint)x >= (uint)width || (uint)y >= (uint)height)
            {
                if (edges == BeyondEdges.Black) return Vector128<float>.Zero;
                (x, y) = (Math.Min(x, width - 1), Math.Min(y, height - 1));                   // its share is 0
            }
            var at = 3 * (y * width + x);
            return at + 4 <= from.Length ? Vector128.Create(from.Slice(at, 4)) : Vector128.Create(from[at], from[at + 1], from[at + 2], 0);
        }

        void Others(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, Span<float> row)
        {
            for (var x = 0; x < xs.Length; x++)
            {
                var (left, top) = (MathF.Floor(xs[x]), MathF.Floor(ys[x]));
                var (column, line) = ((int)left, (int)top);
                var (right, below) = (xs[x] - left, ys[x] - top);
                for (var c = 0; c < channels; c++)
                {
                    var above = float.Lerp(Number(column, line, c), Number(column + 1, line, c), right);
                    var under = float.Lerp(Number(column, line + 1, c), Number(column + 1, line + 1, c), right);
                    row[x * channels + c] = float.Lerp(above, under, below);
                }
            }
        }

        float Number(int x, int y, int channel)
        {
            if ((uint)x >= (uint)width || (uint)y >= (uint)height)
            {
                if (edges == BeyondEdges.Black) return 0;
                (x, y) = (Math.Min(x, width - 1), Math.Min(y, height - 1));
            }
            return from[(y * width + x) * channels + channel];
        }
    }
}
