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

    readonly Lazy<GramTable> table = new(() =>
    {
        var table = new GramTable(Hashes.Length);
        foreach (var hash in Hashes) table.NumberOf(hash);
        return table;
    });

    [JsonIgnore]
    public int Width => Hashes.Length;

    /// <param name="counts">The counts of all texts of the column.</param>
    /// <param name="rows">The training rows among them; null: all.</param>
    /// <returns>What the training rows taught, and these rows.</returns>
    public static (FittedGrams Fitted, SparseRows Train) Fit(GramCounts counts, int[]? rows, TextPieces pieces, TfIdf settings)
    {
        rows ??= [.. Enumerable.Range(0, counts.Starts.Length - 1)];
        var having = new int[counts.Hashes.Length];
        foreach (var row in rows)
            foreach (var piece in counts.PiecesOf(row)) having[piece]++;
        var most = Math.Max(pieces.Grams.MinTexts, pieces.Grams.MaxShare * rows.Length);
        var kept = Enumerable.Range(0, having.Length).Where(p => having[p] >= pieces.Grams.MinTexts && having[p] <= most).ToArray();
        // An order that depends on nothing but the training rows; common pieces lie together, which the processor's caches like.
        Array.Sort(kept, (a, b) => having[b] != having[a] ? having[b].CompareTo(having[a]) : counts.Hashes[a].CompareTo(counts.Hashes[b]));
        if (pieces.Grams.MaxFeatures is { } limit && kept.Length > limit) Array.Resize(ref kept, limit);
        var fitted = new FittedGrams(pieces, settings.Sublinear, settings.UnitLength,
            Array.ConvertAll(kept, p => counts.Hashes[p]),
            Array.ConvertAll(kept, p => settings.RareCountMore ? (float)(Math.Log((1.0 + rows.Length) / (1.0 + having[p])) + 1) : 1));

        var feature = new int[having.Length];
        Array.Fill(feature, -1);
        for (var f = 0; f < kept.Length; f++) feature[kept[f]] = f;
        var starts = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            starts[i + 1] = starts[i];
            foreach (var piece in counts.PiecesOf(rows[i]))
                if (feature[piece] >= 0) starts[i + 1]++;
        }
        var train = new SparseRows(starts, new int[starts[^1]], new float[starts[^1]], kept.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var found = counts.PiecesOf(rows[i]);
            var times = counts.TimesOf(rows[i]);
            var at = (int)starts[i];
            for (var k = 0; k < found.Length; k++)
                if (feature[found[k]] is var f and >= 0) (train.Features[at], train.Values[at++]) = (f, times[k]);
            fitted.Weigh(train.FeaturesOf(i), train.ValuesOf(i));
        }
        return (fitted, train);
    }

    /// <returns>Texts never seen; pieces not met in training are passed over.</returns>
    public SparseRows Transform(ReadOnlyMemory<string?> texts, int threads)
    {
        var blocks = new (int[] Ends, int[] Features, float[] Values)[(texts.Length + BlockTexts - 1) / BlockTexts];
        var known = table.Value;
        Parallel.For(0, blocks.Length, new() { MaxDegreeOfParallelism = threads }, () => new Lookup(known, Pieces), (block, _, lookup) =>
        {
            blocks[block] = lookup.Count(texts.Span.Slice(block * BlockTexts, Math.Min(BlockTexts, texts.Length - block * BlockTexts)));
            return lookup;
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
        for (var i = 0; i < texts.Length; i++) Weigh(rows.FeaturesOf(i), rows.ValuesOf(i));
        return rows;
    }

    /// <summary>Counts become weights.</summary>
    void Weigh(ReadOnlySpan<int> features, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (Sublinear && values[i] > 1 ? 1 + MathF.Log(values[i]) : values[i]) * Rarity[features[i]];
        if (UnitLength && values.Length > 0) TensorPrimitives.Divide(values, TensorPrimitives.Norm<float>(values), values);
    }

    /// <summary>Counts the known pieces of texts; one thread's.</summary>
    sealed class Lookup(GramTable known, TextPieces pieces)
    {
        readonly GramScan scan = new(pieces);
        readonly int[] lastText = new int[known.Count], lastAt = new int[known.Count];
        readonly List<int> features = [];
        readonly List<float> times = [];
        int texts;

        public (int[] Ends, int[] Features, float[] Values) Count(ReadOnlySpan<string?> block)
        {
            features.Clear();
            times.Clear();
            var ends = new int[block.Length];
            for (var i = 0; i < block.Length; i++)
            {
                texts++;
                foreach (var hash in scan.Of(block[i]))
                {
                    if (known.Find(hash) is not (var feature and >= 0)) continue;
                    if (lastText[feature] == texts)
                    {
                        times[lastAt[feature]]++;
                        continue;
                    }
                    (lastText[feature], lastAt[feature]) = (texts, features.Count);
                    features.Add(feature);
                    times.Add(1);
                }
                ends[i] = features.Count;
            }
            return (ends, [.. features], [.. times]);
        }
    }
}
