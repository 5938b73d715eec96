using System.Numerics;

namespace Kaggle.Baselines.Text;

/// <summary>A piece that was met. What is counted of it stands beside its hash: one look into memory finds all.</summary>
struct MetGram
{
    public ulong Hash;

    /// <summary>The last text that had it, and where in the counts of that text's block.</summary>
    public int LastText, LastAt;

    /// <summary>How many texts have it.</summary>
    public int Texts;
}

/// <summary>Numbers hashes 0, 1, 2 … in the order in which they come; open addressing, no removal.</summary>
sealed class GramTable
{
    int[] slots;                                                // number + 1; 0 is free
    MetGram[] met;

    public GramTable(int expected = 1024)
    {
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * expected))];
        met = new MetGram[Math.Max(8, expected)];
    }

    public int Count { get; private set; }

    /// <summary>What is known of a number's hash.</summary>
    public ref MetGram this[int number] => ref met[number];

    /// <returns>The hash's number; a new one when it was not met before.</returns>
    public int NumberOf(ulong hash)
    {
        var (at, number) = Look(hash);
        if (number >= 0) return number;
        if (Count == met.Length) Array.Resize(ref met, 2 * Count);
        met[Count].Hash = hash;
        slots[at] = ++Count;
        if (Count * 2 > slots.Length) Grow();
        return Count - 1;
    }

    /// <returns>The hash's number; −1 when it was not met.</returns>
    public int Find(ulong hash) => Look(hash).Number;

    (int Slot, int Number) Look(ulong hash)
    {
        var mask = slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var number = slots[at] - 1;
            if (number < 0 || met[number].Hash == hash) return (at, number);
        }
    }

    void Grow()
    {
        slots = new int[4 * slots.Length];
        var mask = slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var at = (int)met[number].Hash & mask;
            while (slots[at] != 0) at = (at + 1) & mask;
            slots[at] = number + 1;
        }
    }
}
