using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>Vectors of items laid out for products with many users' vectors at once: in strips of 32 items, factor by factor.</summary>
sealed class VectorProducts
{
    const int Strip = 32;

    readonly float[] strips;                                  // (strips, width, 32); beyond the last item zeros
    readonly float[] bias;                                    // as long as the strips

    public VectorProducts(ReadOnlySpan<float> vectors, ReadOnlySpan<float> bias, int width)
    {
        Width = width;
        var items = bias.Length;
        var count = (items + Strip - 1) / Strip;
        strips = new float[count * width * Strip];
        this.bias = new float[count * Strip];
        bias.CopyTo(this.bias);
        for (var item = 0; item < items; item++)
            for (var f = 0; f < width; f++) strips[(item / Strip * width + f) * Strip + item % Strip] = vectors[item * width + f];
    }

    public int Width { get; }

    /// <param name="users">(users × width) their vectors.</param>
    /// <param name="count">How many users.</param>
    /// <param name="first">The first item's place.</param>
    /// <param name="scores">(users × items) bias + product.</param>
    public void Score(ReadOnlySpan<float> users, int count, int first, Span<float> scores)
    {
        if (count == 0) return;
        var items = scores.Length / count;
        Span<float> room = stackalloc float[4 * Strip];
        for (var start = first / Strip * Strip; start < first + items; start += Strip)
        {
            var strip = strips.AsSpan(start * Width, Width * Strip);
            var (from, to) = (Math.Max(start, first), Math.Min(start + Strip, first + items));
            for (var user = 0; user < count; user += 4)
            {
                // The last users may be counted twice over: their rows are then written again, with the same numbers.
                var at = Math.Min(user, Math.Max(0, count - 4));
                var together = Math.Min(4, count);
                if (together == 4) Four(users.Slice(at * Width, 4 * Width), strip, bias.AsSpan(start, Strip), room);
                else
                    for (var one = 0; one < together; one++) One(users.Slice(one * Width, Width), strip, bias.AsSpan(start, Strip), room.Slice(one * Strip, Strip));
                for (var one = 0; one < together; one++)
                    room.Slice(one * Strip + from - start, to - from).CopyTo(scores[((at + one) * items + from - first)..]);
            }
        }
    }

    void One(ReadOnlySpan<float> user, ReadOnlySpan<float> strip, ReadOnlySpan<float> start, Span<float> into)
    {
        start.CopyTo(into);
        for (var f = 0; f < user.Length; f++) TensorPrimitives.MultiplyAdd(strip.Slice(f * Strip, Strip), user[f], into, into);
    }

    /// <summary>Eight sums stay in registers while the factors go by.</summary>
    void Four(ReadOnlySpan<float> users, ReadOnlySpan<float> strip, ReadOnlySpan<float> start, Span<float> into)
    {
        var lanes = Vector<float>.Count;
        var values = MemoryMarshal.Cast<float, Vector<float>>(strip);
        var begin = MemoryMarshal.Cast<float, Vector<float>>(start);
        var end = MemoryMarshal.Cast<float, Vector<float>>(into);
        var (inStrip, width) = (Strip / lanes, Width);
        for (var v = 0; v + 1 < inStrip; v += 2)
        {
            Vector<float> a0 = begin[v], a1 = begin[v + 1];
            Vector<float> b0 = a0, b1 = a1, c0 = a0, c1 = a1, d0 = a0, d1 = a1;
            for (var f = 0; f < width; f++)
            {
                Vector<float> x0 = values[f * inStrip + v], x1 = values[f * inStrip + v + 1];
                Vector<float> a = new(users[f]), b = new(users[width + f]), c = new(users[2 * width + f]), d = new(users[3 * width + f]);
                a0 = Vector.FusedMultiplyAdd(a, x0, a0);
                a1 = Vector.FusedMultiplyAdd(a, x1, a1);
                b0 = Vector.FusedMultiplyAdd(b, x0, b0);
                b1 = Vector.FusedMultiplyAdd(b, x1, b1);
                c0 = Vector.FusedMultiplyAdd(c, x0, c0);
                c1 = Vector.FusedMultiplyAdd(c, x1, c1);
                d0 = Vector.FusedMultiplyAdd(d, x0, d0);
                d1 = Vector.FusedMultiplyAdd(d, x1, d1);
            }
            (end[v], end[v + 1], end[inStrip + v], end[inStrip + v + 1]) = (a0, a1, b0, b1);
            (end[2 * inStrip + v], end[2 * inStrip + v + 1], end[3 * inStrip + v], end[3 * inStrip + v + 1]) = (c0, c1, d0, d1);
        }
    }
}
