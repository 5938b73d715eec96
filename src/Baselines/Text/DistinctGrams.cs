namespace Kaggle.Baselines.Text;

/// <summary>The different pieces of one text and how often each stands in it. One thread's, used again for each text.</summary>
/// <remarks>Its size follows the different pieces, not the text's length: a book in one cell costs its vocabulary.</remarks>
sealed class DistinctGrams
{
    GramSlot[] slots = new GramSlot[256];
    ulong[] hashes = new ulong[128];
    ushort[] times = new ushort[128];
    int text = 1, count;

    /// <summary>In the order in which they first stand in the text.</summary>
    public ReadOnlySpan<ulong> Hashes => hashes.AsSpan(0, count);

    /// <summary>Of each piece, up to 65,535.</summary>
    public ReadOnlySpan<ushort> Times => times.AsSpan(0, count);

    /// <summary>Begins another text: slots of earlier ones count as free, so nothing is wiped.</summary>
    public void Clear() => (text, count) = (text + 1, 0);

    public void Add(ulong hash)
    {
        var slots = this.slots;
        var mask = slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref slots[at];
            if (slot.Text != text)
            {
                slot = new() { Hash = hash, Text = text, At = count };
                Append(hash);
                return;
            }
            if (slot.Hash != hash) continue;
            ref var own = ref times[slot.At];
            if (own < ushort.MaxValue) own++;
            return;
        }
    }

    void Append(ulong hash)
    {
        if (count == hashes.Length)
        {
            Array.Resize(ref hashes, 2 * count);
            Array.Resize(ref times, 2 * count);
        }
        (hashes[count], times[count]) = (hash, 1);
        if (2 * ++count > slots.Length) Grow();
    }

    void Grow()
    {
        slots = new GramSlot[4 * slots.Length];
        var mask = slots.Length - 1;
        for (var i = 0; i < count; i++)
        {
            var at = (int)hashes[i] & mask;
            while (slots[at].Text == text) at = (at + 1) & mask;
            slots[at] = new() { Hash = hashes[i], Text = text, At = i };
        }
    }

    struct GramSlot
    {
        public ulong Hash;

        /// <summary>Whose it is; another text's slot is free.</summary>
        public int Text;

        public int At;
    }
}
