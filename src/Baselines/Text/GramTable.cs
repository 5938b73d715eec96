using System.Numerics;

namespace Kaggle.Baselines.Text;

/// <summary>Finds a hash's place in a list of different hashes; open addressing.</summary>
sealed class GramTable
{
    readonly ulong[] hashes;
    readonly int[] slots;                                       // place + 1; 0 is free

    public GramTable(ulong[] hashes)
    {
        this.hashes = hashes;
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * hashes.Length))];
        for (var place = 0; place < hashes.Length; place++) slots[SlotOf(hashes[place])] = place + 1;
    }

    /// <returns>−1 for a hash that is not in the list.</returns>
    public int Find(ulong hash) => slots[SlotOf(hash)] - 1;

    int SlotOf(ulong hash)
    {
        var mask = slots.Length - 1;
        var at = (int)hash & mask;
        while (slots[at] is var place and > 0 && hashes[place - 1] != hash) at = (at + 1) & mask;
        return at;
    }
}
