using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Core.Data;

/// <summary>Different texts as UTF-8 bytes, numbered in the order of their first appearance: no string is made for a cell.</summary>
/// <remarks>Texts are valid UTF-8 without zero bytes. A text of up to eight bytes is its own key, so most cells are told apart by one comparison of two words.</remarks>
sealed class LevelTable
{
    const ulong Prime = 0x9E3779B97F4A7C15;

    byte[] pool;
    int[] ends;                                             // of level i: pool[ends[i - 1] .. ends[i]]
    ulong[] keys;
    int[] slots;                                            // level + 1; 0 is free. Open addressing, at most half full

    /// <param name="like">A finished table of as many texts as are to be expected: its slots are used again, it takes no text more.</param>
    public LevelTable(LevelTable? like = null)
    {
        var count = Math.Max(16, like is null ? 0 : like.Count + like.Count / 8);
        pool = new byte[Math.Max(256, like is null ? 0 : like.Bytes + like.Bytes / 8)];
        ends = new int[count];
        keys = new ulong[count];
        var needed = (int)BitOperations.RoundUpToPowerOf2((uint)count * 2);
        if (like is not null && like.slots.Length >= needed)
        {
            (slots, like.slots) = (like.slots, []);
            Array.Clear(slots);
        }
        else slots = new int[needed];
        like?.Seal();
    }

    public int Count { get; private set; }

    /// <summary>How many bytes all levels have together.</summary>
    public int Bytes => Count == 0 ? 0 : ends[Count - 1];

    public ReadOnlySpan<byte> this[int level] => pool.AsSpan(level == 0 ? 0 : ends[level - 1], ends[level] - (level == 0 ? 0 : ends[level - 1]));

    public string Text(int level) => TextEncoding.UTF8.GetString(this[level]);

    /// <summary>Equal texts have equal keys in all tables; of longer texts different ones may share a key.</summary>
    public ulong Key(int level) => keys[level];

    /// <returns>Whether this level is one of the sixteenth of all texts by which the others are counted.</returns>
    public bool IsSampled(int level) => keys[level] * Prime >> 60 == 0;

    public int Code(ReadOnlySpan<byte> text) => Code(text, KeyOf(text));

    public int Code(ReadOnlySpan<byte> text, ulong key)
    {
        var table = slots;
        for (var at = Place(key, table.Length); ; at = at + 1 & table.Length - 1)
        {
            var level = table[at] - 1;
            if (level < 0) return Add(text, key, at);
            if (keys[level] == key && (text.Length <= 8 || text.SequenceEqual(this[level]))) return level;
        }
    }

    /// <summary>Gives back what only adding needs; no text can be added after it.</summary>
    public void Seal() => slots = [];

    int Add(ReadOnlySpan<byte> text, ulong key, int at)
    {
        var start = Bytes;
        if (Count == ends.Length)
        {
            Array.Resize(ref ends, Count * 2);
            Array.Resize(ref keys, Count * 2);
        }
        if (start + text.Length > pool.Length) Array.Resize(ref pool, Math.Max(pool.Length * 2, start + text.Length));
        text.CopyTo(pool.AsSpan(start));
        (ends[Count], keys[Count]) = (start + text.Length, key);
        slots[at] = ++Count;
        if (Count * 2 > slots.Length) Grow();
        return Count - 1;
    }

    void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var level = 0; level < Count; level++)
        {
            var at = Place(keys[level], slots.Length);
            while (slots[at] != 0) at = at + 1 & slots.Length - 1;
            slots[at] = level + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Place(ulong key, int slots) => (int)(key * Prime >> 32) & slots - 1;

    /// <summary>Not randomised: the same file must read the same everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong KeyOf(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var length = text.Length;
        if (length > 8) return LongKey(ref start, length);
        if (length == 8) return Unsafe.ReadUnaligned<ulong>(ref start);
        if (length >= 4)
            return Unsafe.ReadUnaligned<uint>(ref start) | (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4)) << (length - 4) * 8;
        if (length == 0) return 0;
        return start | (ulong)Unsafe.Add(ref start, length >> 1) << (length >> 1) * 8 | (ulong)Unsafe.Add(ref start, length - 1) << (length - 1) * 8;
    }

    static ulong LongKey(ref byte start, int length)
    {
        var key = (ulong)length * Prime;
        for (var i = 0; i + 8 < length; i += 8) key = Mix(key ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i)));
        // no text begins with the byte 0x80 in UTF-8, so a long text's key is never a short text
        return Mix(key ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8))) & ~0xFFUL | 0x80;
    }

    static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, Prime, out var low);
        return high ^ low;
    }
}
