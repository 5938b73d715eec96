using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kaggle.Core.Data;

/// <summary>One pass over CSV bytes, 64 at a time: where the last whole record ends, how many lines there are, what needs a second look.</summary>
/// <remarks>
/// A quote opens a quoted field only at the start of a field, as in the parser: a stray quote (5" nails) shifts nothing.
/// A doubled quote is one that closes and one that opens again.
/// </remarks>
ref struct CsvSurvey
{
    const int Width = 64;

    readonly ReadOnlySpan<byte> bytes;
    readonly char? separator;
    readonly bool isStart;                                  // of the file
    bool quoted;
    int reopens = -1;                                       // a quote here doubles the one before

    /// <param name="bytes">They begin with a record.</param>
    /// <param name="separator">Null: any of the four that are sniffed.</param>
    /// <param name="isStart">A byte order mark may come first.</param>
    public CsvSurvey(ReadOnlySpan<byte> bytes, char? separator, bool isStart)
    {
        this.bytes = bytes;
        (this.separator, this.isStart) = (separator, isStart);
        var position = 0;
        for (; position + Width <= bytes.Length; position += Width) Look(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(bytes), (nuint)position), position);
        if (position == bytes.Length) return;
        Span<byte> padded = stackalloc byte[Width];
        padded.Fill((byte)' ');
        bytes[position..].CopyTo(padded);
        Look(Vector512.Create<byte>(padded), position);
    }

    /// <summary>The position behind the last line feed that is not in quotes; 0: there is none.</summary>
    public int RecordsEnd { get; private set; }

    /// <summary>In quotes or not.</summary>
    public int LineFeeds { get; private set; }

    public bool HasReturns { get; private set; }

    public bool HasZeros { get; private set; }

    public bool IsAscii { get; private set; } = true;

    void Look(Vector512<byte> block, int position)
    {
        var feeds = Vector512.Equals(block, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
        var quotes = Vector512.Equals(block, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
        LineFeeds += BitOperations.PopCount(feeds);
        HasReturns |= Vector512.EqualsAny(block, Vector512.Create((byte)'\r'));
        HasZeros |= Vector512.EqualsAny(block, Vector512<byte>.Zero);
        IsAscii &= block.ExtractMostSignificantBits() == 0;
        var outside = quoted ? 0 : ulong.MaxValue;          // the bytes of this block that are not in quotes
        for (; quotes != 0; quotes &= quotes - 1)
        {
            var bit = BitOperations.TrailingZeroCount(quotes);
            var at = position + bit;
            if (!quoted && at != reopens && !StartsField(at)) continue;
            quoted = !quoted;
            outside ^= ulong.MaxValue << bit;
            reopens = quoted ? -1 : at + 1;
        }
        feeds &= outside;
        if (feeds != 0) RecordsEnd = position + Width - BitOperations.LeadingZeroCount(feeds);
    }

    readonly bool StartsField(int at)
    {
        if (at == 0 || (at == 3 && isStart && bytes[..3].SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))) return true;
        var before = bytes[at - 1];
        return before is (byte)'\n' or (byte)'\r'
            || (separator is { } known ? before == known : before is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|');
    }
}
