using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kaggle.Baselines.Boosting;

/// <summary>Up to 32 neighbouring leaves of a tree as the bits of a word, and the splits that can strike some of them out.</summary>
sealed class LeafWord
{
    /// <summary>Rows looked at together.</summary>
    public const int Step = 32;

    /// <summary>Leaves in a word.</summary>
    public const int Bits = 32;

    const int Lanes = 8;

    readonly List<Threshold> missingLeft = [], missingRight = [];
    readonly List<LevelSet> sets = [];

    /// <param name="tree">The tree.</param>
    /// <param name="word">Which of its words.</param>
    /// <param name="layout">Is told what the splits ask for.</param>
    public LeafWord(LeafTree tree, int word, RowBlock.Layout layout)
    {
        foreach (var split in tree.Numbers)
            if (Kept(split.Kept) is var kept and not uint.MaxValue)
                (split.MissingLeft ? missingLeft : missingRight).Add(new(layout.Number(split.Column), split.Threshold, kept));
        foreach (var split in tree.Levels)
            if (Kept(split.Kept) is var kept and not uint.MaxValue)
                sets.Add(new([.. split.Set.Index().Where(s => s.Item != 0).Select(s => (layout.Word(split.Column, s.Index), s.Item))], kept));

        uint Kept(ulong all) => (uint)(all >> (word * Bits));
    }

    /// <summary>Rows above the threshold keep the kept leaves.</summary>
    readonly record struct Threshold(int Place, float Value, uint Kept);

    /// <summary>Rows whose level is in none of the words keep the kept leaves.</summary>
    readonly record struct LevelSet((int Place, uint Levels)[] Words, uint Kept);

    /// <param name="block">The rows.</param>
    /// <param name="row">The first of <see cref="Step"/>.</param>
    /// <param name="alive">Of each the leaves that no split strikes out.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]      // a first prediction in unoptimised code takes several times as long
    public void Strike(RowBlock block, int row, Span<uint> alive)
    {
        Vector256<uint> a = Vector256<uint>.AllBitsSet, b = a, c = a, d = a;
        foreach (var split in Items(missingLeft))
        {
            ref readonly var x = ref block.Number(split.Place, row);
            var (threshold, kept) = (Vector256.Create(split.Value), Vector256.Create(split.Kept));
            a &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(in x), threshold).AsUInt32() | kept;
            b &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(in x, Lanes), threshold).AsUInt32() | kept;
            c &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(in x, 2 * Lanes), threshold).AsUInt32() | kept;
            d &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(in x, 3 * Lanes), threshold).AsUInt32() | kept;
        }
        foreach (var split in Items(missingRight))
        {
            ref readonly var x = ref block.Number(split.Place, row);
            var (threshold, kept) = (Vector256.Create(split.Value), Vector256.Create(split.Kept));
            a &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(in x), threshold).AsUInt32() | kept;
            b &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(in x, Lanes), threshold).AsUInt32() | kept;
            c &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(in x, 2 * Lanes), threshold).AsUInt32() | kept;
            d &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(in x, 3 * Lanes), threshold).AsUInt32() | kept;
        }
        foreach (var split in Items(sets))
        {
            Vector256<uint> e = default, f = e, g = e, h = e;
            foreach (var (place, levels) in split.Words)
            {
                ref readonly var x = ref block.Word(place, row);
                var set = Vector256.Create(levels);
                e |= Vector256.LoadUnsafe(in x) & set;
                f |= Vector256.LoadUnsafe(in x, Lanes) & set;
                g |= Vector256.LoadUnsafe(in x, 2 * Lanes) & set;
                h |= Vector256.LoadUnsafe(in x, 3 * Lanes) & set;
            }
            var kept = Vector256.Create(split.Kept);
            a &= ~Vector256.Equals(e, default) | kept;
            b &= ~Vector256.Equals(f, default) | kept;
            c &= ~Vector256.Equals(g, default) | kept;
            d &= ~Vector256.Equals(h, default) | kept;
        }
        ref var first = ref alive[0];
        _ = alive[Step - 1];
        a.StoreUnsafe(ref first);
        b.StoreUnsafe(ref first, Lanes);
        c.StoreUnsafe(ref first, 2 * Lanes);
        d.StoreUnsafe(ref first, 3 * Lanes);
    }

    static ReadOnlySpan<T> Items<T>(List<T> list) => CollectionsMarshal.AsSpan(list);
}
