namespace Kaggle.Baselines.Text;

/// <summary>In how many texts each piece stands, over all texts.</summary>
/// <remarks>
/// A hash's first bits name the small table that counts it. Threads collect handfuls for a table before they go there: so it lies in the processor's cache
/// while it is used, and nobody waits for another. What is counted does not depend on who counted when.
/// </remarks>
sealed class GramCensus
{
    const int Bits = 8, Tables = 1 << Bits, Handful = 128;

    readonly CensusTable[] tables = [.. Enumerable.Range(0, Tables).Select(_ => new CensusTable())];

    /// <returns>One thread's way to add pieces.</returns>
    public Clerk Begin() => new(this);

    /// <returns>The pieces that at least so many texts have, by rising hash, and how many have each.</returns>
    public (ulong[] Hashes, int[] Texts) Kept(int minTexts, int threads)
    {
        var kept = new (ulong[] Hashes, int[] Texts)[Tables];
        Parallel.For(0, Tables, new() { MaxDegreeOfParallelism = threads }, t => kept[t] = tables[t].Kept(minTexts));
        return ([.. kept.SelectMany(k => k.Hashes)], [.. kept.SelectMany(k => k.Texts)]);
    }

    /// <summary>Adds the pieces of texts; each text's different pieces once.</summary>
    public sealed class Clerk(GramCensus census)
    {
        readonly ulong[] collected = new ulong[Tables * Handful];
        readonly int[] counts = new int[Tables];

        public void Add(ReadOnlySpan<ulong> hashes)
        {
            foreach (var hash in hashes)
            {
                var table = (int)(hash >> (64 - Bits));
                collected[table * Handful + counts[table]] = hash;
                if (++counts[table] == Handful) Hand(table);
            }
        }

        /// <summary>Hands in what is still collected.</summary>
        public void Finish()
        {
            for (var table = 0; table < Tables; table++)
                if (counts[table] > 0) Hand(table);
        }

        void Hand(int table)
        {
            census.tables[table].Add(collected.AsSpan(table * Handful, counts[table]));
            counts[table] = 0;
        }
    }

    /// <summary>Counts of the hashes that begin alike; open addressing by their last bits.</summary>
    sealed class CensusTable
    {
        readonly Lock gate = new();
        (ulong Hash, int Texts)[] slots = new (ulong, int)[32];  // no texts: free
        int count;

        public void Add(ReadOnlySpan<ulong> hashes)
        {
            lock (gate)
                foreach (var hash in hashes)
                {
                    ref var slot = ref Find(slots, hash);
                    if (slot.Texts++ > 0) continue;
                    slot.Hash = hash;
                    if (2 * ++count > slots.Length) Grow();
                }
        }

        public (ulong[] Hashes, int[] Texts) Kept(int minTexts)
        {
            var kept = new List<(ulong Hash, int Texts)>();
            foreach (var slot in slots)
                if (slot.Texts >= minTexts) kept.Add(slot);
            var (hashes, texts) = (kept.Select(k => k.Hash).ToArray(), kept.Select(k => k.Texts).ToArray());
            Array.Sort(hashes, texts);
            return (hashes, texts);
        }

        void Grow()
        {
            var wider = new (ulong, int)[4 * slots.Length];
            foreach (var slot in slots)
                if (slot.Texts > 0) Find(wider, slot.Hash) = slot;
            slots = wider;
        }

        static ref (ulong Hash, int Texts) Find((ulong Hash, int Texts)[] slots, ulong hash)
        {
            var mask = slots.Length - 1;
            var at = (int)hash & mask;
            while (slots[at].Texts > 0 && slots[at].Hash != hash) at = (at + 1) & mask;
            return ref slots[at];
        }
    }
}
