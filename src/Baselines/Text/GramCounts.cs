namespace Kaggle.Baselines.Text;

/// <summary>How often each text has each piece; pieces that too few of all the texts have are left out.</summary>
/// <param name="Starts">(texts + 1) where each text begins in the two next.</param>
/// <param name="Pieces">The number of each piece that a text has, in the order of the text.</param>
/// <param name="Times">How often, up to 65,535.</param>
/// <param name="Hashes">By piece, rising.</param>
/// <param name="Texts">By piece: how many of all texts have it.</param>
sealed record GramCounts(long[] Starts, int[] Pieces, ushort[] Times, ulong[] Hashes, int[] Texts)
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
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        var blocks = new Block[(texts.Length + BlockTexts - 1) / BlockTexts];
        var census = new GramCensus();
        Parallel.For(0, blocks.Length, options,
            () => (Scan: new GramScan(pieces), Clerk: census.Begin()),
            (block, _, own) =>
            {
                blocks[block] = Block.Of(texts.Span.Slice(block * BlockTexts, Math.Min(BlockTexts, texts.Length - block * BlockTexts)), own.Scan);
                own.Clerk.Add(blocks[block].Hashes);
                return own;
            },
            own => own.Clerk.Finish());

        var (hashes, having) = census.Kept(pieces.Grams.MinTexts, threads);
        var table = new GramTable(hashes);
        Parallel.For(0, blocks.Length, options, block => blocks[block].Number(table));

        var starts = new long[texts.Length + 1];
        for (var text = 0; text < texts.Length; text++)
        {
            var (block, within) = Math.DivRem(text, BlockTexts);
            starts[text + 1] = starts[block * BlockTexts] + blocks[block].Ends[within];
        }
        var (numbers, times) = (new int[starts[^1]], new ushort[starts[^1]]);
        Parallel.For(0, blocks.Length, options, block =>
        {
            blocks[block].Numbers.CopyTo(numbers, (int)starts[block * BlockTexts]);
            blocks[block].Times.AsSpan(0, blocks[block].Numbers.Length).CopyTo(times.AsSpan((int)starts[block * BlockTexts]));
            blocks[block] = null!;                              // let go as soon as it is copied: all of them are as large as the result
        });
        return new(starts, numbers, times, hashes, having);
    }

    /// <summary>Neighbouring texts: their pieces' hashes, and once all texts are known the numbers of those kept.</summary>
    sealed class Block(ulong[] hashes, ushort[] times, int[] ends)
    {
        public ulong[] Hashes { get; private set; } = hashes;

        public int[] Numbers { get; private set; } = [];

        /// <summary>Of each of the numbers; what stands behind them is left over.</summary>
        public ushort[] Times => times;

        /// <summary>By text.</summary>
        public int[] Ends => ends;

        public static Block Of(ReadOnlySpan<string?> texts, GramScan scan)
        {
            var (hashes, times, ends) = (new List<ulong>(), new List<ushort>(), new int[texts.Length]);
            for (var i = 0; i < texts.Length; i++)
            {
                var found = scan.Of(texts[i]);
                hashes.AddRange(found.Hashes);
                times.AddRange(found.Times);
                ends[i] = hashes.Count;
            }
            return new([.. hashes], [.. times], ends);
        }

        public void Number(GramTable table)
        {
            var numbers = new int[Hashes.Length];
            var (kept, at) = (0, 0);
            for (var text = 0; text < ends.Length; text++)
            {
                for (; at < ends[text]; at++)
                {
                    if (table.Find(Hashes[at]) is not (var number and >= 0)) continue;
                    times[kept] = times[at];
                    numbers[kept++] = number;
                }
                ends[text] = kept;
            }
            (Numbers, Hashes) = (numbers[..kept], []);
        }
    }
}
