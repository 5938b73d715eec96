using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Core.Data;

/// <summary>Different texts as UTF-8 bytes, numbered in the order of their first appearance: no string is made for a cell.</summary>
sealed class LevelTable
{
    byte[] pool;
    int[] ends;                                             // of level i: pool[ends[i - 1] .. ends[i]]
    uint[] hashes;
    int[] slots;                                            // level + 1; 0 is free. Open addressing, at most half full

    /// <param name="like">A table of as many texts as are to be expected.</param>
    public LevelTable(LevelTable? like = null)
    {
        var count = Math.Max(16, like is null ? 0 : like.Count + like.Count / 8);
        pool = new byte[Math.Max(256, like is null ? 0 : like.Bytes + like.Bytes / 8)];
        ends = new int[count];
        hashes = new uint[count];
        slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)count * 2)];
    }

    /// <summary>Gives back what only adding needs.</summary>
    public void Seal() => slots = [];

    public int Count { get; private set; }

    /// <summary>How many bytes all levels have together.</summary>
    public int Bytes => Count == 0 ? 0 : ends[Count - 1];

    public ReadOnlySpan<byte> this[int level] => pool.AsSpan(level == 0 ? 0 : ends[level - 1], ends[level] - (level == 0 ? 0 : ends[level - 1]));

    public string Text(int level) => TextEncoding.UTF8.GetString(this[level]);

    public int Code(ReadOnlySpan<byte> text) => Code(text, Hash(text));

    public int Code(ReadOnlySpan<byte> text, uint hash)
    {
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var level = slots[slot] - 1;
            if (level < 0) return Add(text, hash, slot);
            if (hashes[level] == hash && text.SequenceEqual(this[level])) return level;
        }
    }

    public uint HashOf(int level) => hashes[level];

    int Add(ReadOnlySpan<byte> text, uint hash, int slot)
    {
        var start = Bytes;
        if (Count == ends.Length)
        {
            Array.Resize(ref ends, Count * 2);
            Array.Resize(ref hashes, Count * 2);
        }
        if (start + text.Length > pool.Length) Array.Resize(ref pool, Math.Max(pool.Length * 2, start + text.Length));
        text.CopyTo(pool.AsSpan(start));
        (ends[Count], hashes[Count]) = (start + text.Length, hash);
        slots[slot] = ++Count;
        if (Count * 2 > slots.Length) Grow();
        return Count - 1;
    }

    void Grow()
    {
        slots = new int[slots.Length * 2];
        var mask = slots.Length - 1;
        for (var level = 0; level < Count; level++)
        {
            var slot = (int)hashes[level] & mask;
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = level + 1;
        }
    }

    /// <summary>Not randomised: the same file must read the same everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong prime = 0x9E3779B97F4A7C15;
        ref var start = ref MemoryMarshal.GetReference(text);
        var length = text.Length;
        var hash = (ulong)length * prime;
        if (length >= 8)
        {
            for (var i = 0; i + 8 < length; i += 8) hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i)), prime);
            hash ^= Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
        }
        else if (length >= 4)
            hash ^= Unsafe.ReadUnaligned<uint>(ref start) | (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4)) << 32;
        else if (length > 0)
            hash ^= start | (ulong)Unsafe.Add(ref start, length >> 1) << 8 | (ulong)Unsafe.Add(ref start, length - 1) << 16;
        hash = Mix(hash, prime);
        return (uint)(hash ^ hash >> 32);
    }

    static ulong Mix(ulong value, ulong prime)
    {
        var high = Math.BigMul(value, prime, out var low);
        return high ^ low;
    }
}
