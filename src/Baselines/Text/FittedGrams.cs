using System.Numerics.Tensors;
using System.Text.Json.Serialization;

namespace Kaggle.Baselines.Text;

/// <summary>One kind of piece of one column, weighted as the training texts said.</summary>
/// <param name="Pieces">How texts are taken apart.</param>
/// <param name="Sublinear">See <see cref="TfIdf.Sublinear"/>.</param>
/// <param name="UnitLength">See <see cref="TfIdf.UnitLength"/>.</param>
/// <param name="Hashes">By feature: those that most training texts have come first.</param>
/// <param name="Rarity">By feature: what its count is multiplied by.</param>
sealed record FittedGrams(
    TextPieces Pieces, bool Sublinear, bool UnitLength,
    [property: JsonConverter(typeof(PackedNumbers<ulong>))] ulong[] Hashes,
    [property: JsonConverter(typeof(PackedNumbers<float>))] float[] Rarity)
{
    const int BlockTexts = 256;

    readonly Lazy<GramTable> table = new(() => new(Hashes));

    [JsonIgnore]
    public int Width => Hashes.Length;

    /// <returns>−1 for a piece that is none.</returns>
    public int FeatureOf(ulong hash) => table.Value.Find(hash);

    /// <param name="counts">The counts of all texts of the column.</param>
    /// <param name="rows">The training rows among them; null: all.</param>
    /// <param name="pieces">What was counted.</param>
    /// <param name="settings">How counts become weights.</param>
    /// <param name="threads">How many threads weigh.</param>
    /// <returns>What the training rows taught, and these rows.</returns>
    public static (FittedGrams Fitted, SparseRows Train) Fit(GramCounts counts, int[]? rows, TextPieces pieces, TfIdf settings, int threads)
    {
        var having = counts.Texts;
        if (rows is not null)
        {
            having = new int[counts.Hashes.Length];
            foreach (var row in rows)
                foreach (var piece in counts.PiecesOf(row)) having[piece]++;
        }
        rows ??= [.. Enumerable.Range(0, counts.Starts.Length - 1)];
        var kept = Kept(having, rows.Length, pieces.Grams);
        var fitted = new FittedGrams(pieces, settings.Sublinear, settings.UnitLength,
            Array.ConvertAll(kept, p => counts.Hashes[p]),
            Array.ConvertAll(kept, p => settings.RareCountMore ? (float)(Math.Log((1.0 + rows.Length) / (1.0 + having[p])) + 1) : 1));

        var feature = new int[having.Length];
        Array.Fill(feature, -1);
        for (var f = 0; f < kept.Length; f++) feature[kept[f]] = f;
        var starts = new long[rows.Length + 1];
        OverRows(rows.Length, threads, i =>
        {
            foreach (var piece in counts.PiecesOf(rows[i]))
                if (feature[piece] >= 0) starts[i + 1]++;
        });
        for (var i = 0; i < rows.Length; i++) starts[i + 1] += starts[i];
        var train = new SparseRows(starts, new int[starts[^1]], new float[starts[^1]], kept.Length);
        OverRows(rows.Length, threads, i =>
        {
            var found = counts.PiecesOf(rows[i]);
            var times = counts.TimesOf(rows[i]);
            var at = (int)starts[i];
            for (var k = 0; k < found.Length; k++)
                if (feature[found[k]] is var f and >= 0) (train.Features[at], train.Values[at++]) = (f, times[k]);
            fitted.Weigh(train.FeaturesOf(i), train.ValuesOf(i));
        });
        return (fitted, train);
    }

    /// <returns>The pieces that are features: those that most rows have first, of equally common ones the lower hash.</returns>
    /// <remarks>An order that depends on nothing but the training rows; common pieces lie together, which the processor's caches like.</remarks>
    static int[] Kept(int[] having, int rows, NGrams grams)
    {
        var most = Math.Max(grams.MinTexts, grams.MaxShare * rows);
        var order = new List<long>();
        for (var piece = 0; piece < having.Length; piece++)
            if (having[piece] >= grams.MinTexts && having[piece] <= most) order.Add(((long)(int.MaxValue - having[piece]) << 32) | (uint)piece);
        order.Sort();
        if (grams.MaxFeatures is { } limit && order.Count > limit) order.RemoveRange(limit, order.Count - limit);
        return [.. order.Select(key => (int)(uint)key)];
    }

    static void OverRows(int rows, int threads, Action<int> work) =>
        Parallel.For(0, (rows + BlockTexts - 1) / BlockTexts, new() { MaxDegreeOfParallelism = threads }, block =>
        {
            for (var row = block * BlockTexts; row < Math.Min(rows, (block + 1) * BlockTexts); row++) work(row);
        });

    /// <returns>Texts never seen; pieces not met in training are passed over.</returns>
    public SparseRows Transform(ReadOnlyMemory<string?> texts, int threads)
    {
        var blocks = new (int[] Ends, int[] Features, float[] Values)[(texts.Length + BlockTexts - 1) / BlockTexts];
        var known = table.Value;
        Parallel.For(0, blocks.Length, new() { MaxDegreeOfParallelism = threads }, () => new GramScan(Pieces), (block, _, scan) =>
        {
            blocks[block] = Found(texts.Span.Slice(block * BlockTexts, Math.Min(BlockTexts, texts.Length - block * BlockTexts)), scan, known);
            return scan;
        }, _ => { });
        var starts = new long[texts.Length + 1];
        for (var b = 0; b < blocks.Length; b++)
            for (var i = 0; i < blocks[b].Ends.Length; i++) starts[b * BlockTexts + i + 1] = starts[b * BlockTexts] + blocks[b].Ends[i];
        var rows = new SparseRows(starts, new int[starts[^1]], new float[starts[^1]], Width);
        for (var b = 0; b < blocks.Length; b++)
        {
            blocks[b].Features.CopyTo(rows.Features, starts[b * BlockTexts]);
            blocks[b].Values.CopyTo(rows.Values, starts[b * BlockTexts]);
        }
        OverRows(texts.Length, threads, i => Weigh(rows.FeaturesOf(i), rows.ValuesOf(i)));
        return rows;
    }

    static (int[] Ends, int[] Features, float[] Values) Found(ReadOnlySpan<string?> texts, GramScan scan, GramTable known)
    {
        var (ends, features, values) = (new int[texts.Length], new List<int>(), new List<float>());
        for (var i = 0; i < texts.Length; i++)
        {
            var distinct = scan.Of(texts[i]);
            var hashes = distinct.Hashes;
            var times = distinct.Times;
            for (var k = 0; k < hashes.Length; k++)
            {
                if (known.Find(hashes[k]) is not (var feature and >= 0)) continue;
                features.Add(feature);
                values.Add(times[k]);
            }
            ends[i] = features.Count;
        }
        return (ends, [.. features], [.. values]);
    }

    /// <summary>Counts become weights.</summary>
    void Weigh(ReadOnlySpan<int> features, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (Sublinear && values[i] > 1 ? 1 + MathF.Log(values[i]) : values[i]) * Rarity[features[i]];
        if (UnitLength && values.Length > 0) TensorPrimitives.Divide(values, TensorPrimitives.Norm<float>(values), values);
    }
}
