using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kaggle.Core.Data;

/// <summary>Reads the short numbers that tables are full of, eight digits in one step.</summary>
/// <remarks>Digits of a little-endian word are joined in pairs, in fours and in eights by three multiplications (Lemire, Langdale).</remarks>
static class Digits
{
    const ulong Zeros = 0x3030303030303030, Dots = 0x2E2E2E2E2E2E2E2E, Highs = 0x8080808080808080;

    /// <param name="text">At most 16 digits and one point among them; no sign.</param>
    /// <param name="mantissa">The digits without the point, below 10¹⁶; exact in float64 up to 15 digits.</param>
    /// <param name="decimals">How many digits follow the point; −1: there is no point.</param>
    /// <returns>False for everything else, which may still be a number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, out long mantissa, out int decimals)
    {
        (mantissa, decimals) = (0, -1);
        var length = text.Length;
        if (length is 0 or > 15) return false;
        ref var start = ref MemoryMarshal.GetReference(text);
        if (length <= 8)
        {
            var word = Padded(ref start, length);
            var point = Point(word);
            if (point != 0)
            {
                if (length == 1) return false;
                decimals = 7 - Position(point);
                word = Closed(word, point);
            }
            if (!AreDigits(word)) return false;
            mantissa = (long)Value(word);
            return true;
        }
        var low = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
        var high = Padded(ref start, length - 8);
        var (inLow, inHigh) = (Point(low), Point(high));
        var scale = 100_000_000L;
        if (inLow != 0)
        {
            if (inHigh != 0) return false;
            decimals = 7 - Position(inLow);
            low = Closed(low, inLow);
            scale = 10_000_000;                             // seven digits are left there
        }
        else if (inHigh != 0)
        {
            decimals = 15 - Position(inHigh);
            high = Closed(high, inHigh);
        }
        if (!AreDigits(low) || !AreDigits(high)) return false;
        mantissa = (long)Value(high) * scale + (long)Value(low);
        return true;
    }

    /// <returns>Up to eight letters at the end of a word, '0' before them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Padded(ref byte start, int length)
    {
        if (length == 8) return Unsafe.ReadUnaligned<ulong>(ref start);
        ulong word;
        if (length >= 4)
            word = Unsafe.ReadUnaligned<uint>(ref start) | (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4)) << (length - 4) * 8;
        else
            word = start | (ulong)Unsafe.Add(ref start, length >> 1) << (length >> 1) * 8 | (ulong)Unsafe.Add(ref start, length - 1) << (length - 1) * 8;
        return word << (8 - length) * 8 | Zeros >> length * 8;
    }

    /// <returns>The high bit of each byte that is a point.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Point(ulong word)
    {
        var other = word ^ Dots;
        return ~(((other & ~Highs) + ~Highs) | other) & Highs;
    }

    static int Position(ulong point) => BitOperations.TrailingZeroCount(point) >> 3;

    /// <returns>The word without its first point: what stood before moves up, a '0' comes in. A second point stays and is no digit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Closed(ulong word, ulong point)
    {
        var through = point & (~point + 1);                 // the lowest point's high bit
        var upTo = (through << 1) - 1;                      // all bits through that byte
        var before = upTo >> 8;
        return (word & ~upTo) | (word & before) << 8 | '0';
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool AreDigits(ulong word) => ((word & 0xF0F0F0F0F0F0F0F0) | ((word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4) == 0x3333333333333333;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Value(ulong word)
    {
        word -= Zeros;
        word = word * 10 + (word >> 8);
        return ((word & 0x000000FF000000FF) * 0x000F424000000064 + (word >> 16 & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
    }
}
