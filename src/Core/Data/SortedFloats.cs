using System.Buffers;

namespace Kaggle.Core.Data;

/// <summary>Values in order, with where they stood. NaN comes last, −0 equals 0, equal values keep their order.</summary>
/// <remarks>Radix sort, three passes of 11 bits. The memory is rented: an ensemble's search sorts thousands of times.</remarks>
readonly ref struct SortedFloats
{
    const int Bits = 11, Buckets = 1 << Bits, Passes = 3;

    readonly ulong[] rented;
    readonly int length;

    /// <param name="values">What is put in order.</param>
    /// <param name="marks">Carried along in the place of where a value stood, as 1 where above 0, else 0: it spares a walk through memory. Empty: none.</param>
    public SortedFloats(ReadOnlySpan<float> values, ReadOnlySpan<float> marks = default)
    {
        length = values.Length;
        var from = ArrayPool<ulong>.Shared.Rent(length);
        var to = ArrayPool<ulong>.Shared.Rent(length);
        Span<int> counts = stackalloc int[Passes * Buckets];
        for (var i = 0; i < values.Length; i++)
        {
            var key = Key(values[i]);
            from[i] = (ulong)key << 32 | (marks.IsEmpty ? (uint)i : marks[i] > 0 ? 1u : 0);
            counts[(int)(key & Buckets - 1)]++;
            counts[(int)(Buckets + (key >> Bits & Buckets - 1))]++;
            counts[(int)(2 * Buckets + (key >> 2 * Bits))]++;
        }
        for (var pass = 0; pass < Passes; pass++)
        {
            var next = counts.Slice(pass * Buckets, Buckets);
            if (next.Contains(length)) continue;                            // all keys share this digit
            for (int b = 0, sum = 0; b < Buckets; b++) (next[b], sum) = (sum, sum + next[b]);
            var shift = 32 + pass * Bits;
            foreach (var keyed in from.AsSpan(0, length)) to[next[(int)(keyed >> shift & Buckets - 1)]++] = keyed;
            (from, to) = (to, from);
        }
        ArrayPool<ulong>.Shared.Return(to);
        rented = from;
    }

    /// <summary>In order: the upper half is equal for equal values, the lower half is where the value stood, or its mark.</summary>
    public ReadOnlySpan<ulong> Keyed => rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<ulong>.Shared.Return(rented);

    static uint Key(float value)
    {
        if (float.IsNaN(value)) return uint.MaxValue;
        var bits = BitConverter.SingleToUInt32Bits(value + 0f);             // −0 + 0 is 0
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }
}
