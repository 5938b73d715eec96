namespace Kaggle.Baselines.Text;

/// <summary>How often each text has each piece; pieces that too few of all the texts have are left out.</summary>
/// <param name="Starts">(texts + 1) where each text begins in the two next.</param>
/// <param name="Pieces">The number of each piece that a text has, in the order of the text.</param>
/// <param name="Times">How often, up to 65,535.</param>
/// <param name="Hashes">By piece.</param>
sealed record GramCounts(long[] Starts, int[] Pieces, ushort[] Times, ulong[] Hashes)
{
    const int BlockTexts = 1024;

    public ReadOnlySpan<int> PiecesOf(int text) => Pieces.AsSpan((int)Starts[text], (int)(Starts[text + 1] - Starts[text]));

    public ReadOnlySpan<ushort> TimesOf(int text) => Times.AsSpan((int)Starts[text], (int)(Starts[text + 1] - Starts[text]));

    /// <param name="texts">Null counts as empty.</param>
    /// <param name="pieces">How they are taken apart.</param>
    /// <param name="threads">How many threads count.</param>
    /// <param name="cancel">Ends the counting.</param>
    public static GramCounts Of(ReadOnlyMemory<string?> texts, TextPieces pieces, int threads, CancellationToken cancel)
    {
        var blocks = new Block[(texts.Length + BlockTexts - 1) / BlockTexts];
        var counters = new List<Counter>();
        Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            () =>
            {
                var counter = new Counter(pieces);
                lock (counters) counters.Add(counter);
                return counter;
            },
            (block, _, counter) =>
            {
                blocks[block] = counter.Count(texts.Span.Slice(block * BlockTexts, Math.Min(BlockTexts, texts.Length - block * BlockTexts)));
                return counter;
            },
            _ => { });
        return Joined(texts.Length, blocks, counters, pieces.Grams.MinTexts, threads);
    }

    /// <summary>Threads numbered the pieces each for itself; here they get one number for all.</summary>
    static GramCounts Joined(int count, Block[] blocks, List<Counter> counters, int minTexts, int threads)
    {
        var all = new GramTable(counters.Count == 0 ? 16 : counters.Max(c => c.Table.Count));
        foreach (var counter in counters)
        {
            counter.Number = new int[counter.Table.Count];
            for (var own = 0; own < counter.Number.Length; own++)
            {
                ref var met = ref counter.Table[own];
                all[counter.Number[own] = all.NumberOf(met.Hash)].Texts += met.Texts;
            }
        }
        var kept = new int[all.Count];
        var hashes = new List<ulong>();
        for (var number = 0; number < kept.Length; number++)
        {
            kept[number] = all[number].Texts >= minTexts ? hashes.Count : -1;
            if (kept[number] >= 0) hashes.Add(all[number].Hash);
        }
        foreach (var counter in counters)
            for (var own = 0; own < counter.Number.Length; own++) counter.Number[own] = kept[counter.Number[own]];

        var starts = new long[count + 1];
        Parallel.For(0, blocks.Length, new() { MaxDegreeOfParallelism = threads }, i => blocks[i].Measure(starts, i * BlockTexts + 1));
        for (var text = 0; text < count; text++) starts[text + 1] += starts[text];
        var (pieces, times) = (new int[starts[^1]], new ushort[starts[^1]]);
        Parallel.For(0, blocks.Length, new() { MaxDegreeOfParallelism = threads }, i =>
        {
            blocks[i].CopyTo(pieces, times, starts[i * BlockTexts]);
            blocks[i] = null!;                                  // let go as soon as it is copied: all of them are as large as the result
        });
        return new(starts, pieces, times, [.. hashes]);
    }

    /// <summary>One thread's.</summary>
    sealed class Counter(TextPieces pieces)
    {
        readonly GramScan scan = new(pieces);
        readonly List<int> found = [];
        readonly List<ushort> times = [];
        int texts;

        public GramTable Table { get; } = new();

        /// <summary>By the table's own number: the number for all.</summary>
        public int[] Number { get; set; } = [];

        public Block Count(ReadOnlySpan<string?> block)
        {
            found.Clear();
            times.Clear();
            var starts = new int[block.Length + 1];
            for (var i = 0; i < block.Length; i++)
            {
                texts++;
                foreach (var hash in scan.Of(block[i])) Add(Table.NumberOf(hash));
                starts[i + 1] = found.Count;
            }
            return new(this, starts, [.. found], [.. times]);
        }

        void Add(int piece)
        {
            ref var met = ref Table[piece];
            if (met.LastText == texts)
            {
                if (times[met.LastAt] < ushort.MaxValue) times[met.LastAt]++;
                return;
            }
            (met.LastText, met.LastAt) = (texts, found.Count);
            met.Texts++;
            found.Add(piece);
            times.Add(1);
        }
    }

    /// <summary>Neighbouring texts, their pieces numbered by one thread.</summary>
    sealed record Block(Counter By, int[] Starts, int[] Pieces, ushort[] Times)
    {
        public void Measure(long[] lengths, int first)
        {
            for (var i = 0; i + 1 < Starts.Length; i++)
                foreach (var piece in Pieces.AsSpan(Starts[i]..Starts[i + 1]))
                    if (By.Number[piece] >= 0) lengths[first + i]++;
        }

        public void CopyTo(int[] pieces, ushort[] times, long at)
        {
            for (var i = 0; i < Pieces.Length; i++)
                if (By.Number[Pieces[i]] is var number and >= 0) (pieces[at], times[at++]) = (number, Times[i]);
        }
    }
}
