using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>Texts as tokens; a batch is as wide as its longest row, and rows of like length stand together.</summary>
sealed class TokenRows(IReadOnlyList<EncodedText> texts, int pad, Tensor target, Tensor? weights) : IRowReader, IDisposable
{
    const int ChunkBatches = 50;                                // sorted within so many batches: the order stays random where it matters

    public int Rows => texts.Count;

    public IReadOnlyList<int[]> Shuffled(int size, Randomness random)
    {
        using var order = randperm(Rows, int32, generator: random.Host);
        var batches = new List<int[]>();
        foreach (var chunk in order.data<int>().ToArray().Chunk(size * ChunkBatches))
        {
            Array.Sort(chunk, (a, b) => texts[a].Ids.Length != texts[b].Ids.Length ? texts[a].Ids.Length.CompareTo(texts[b].Ids.Length) : a.CompareTo(b));
            var count = EvenBatches.Count(chunk.Length, size);
            for (var i = 0; i < count; i++)
            {
                var (start, length) = EvenBatches.Bounds(chunk.Length, count, i);
                batches.Add(chunk.AsSpan((int)start, (int)length).ToArray());
            }
        }
        using var turns = randperm(batches.Count, int32, generator: random.Host);
        return [.. turns.data<int>().ToArray().Select(i => batches[i])];
    }

    int IRowReader.Batches(int size)
    {
        var (whole, rest) = Math.DivRem(Rows, size * ChunkBatches);
        return whole * ChunkBatches + (rest > 0 ? EvenBatches.Count(rest, size) : 0);
    }

    public int LengthOf(int row) => texts[row].Ids.Length;

    /// <returns>The same texts in another order, without answers.</returns>
    public IRowReader InOrderOf(int[] order) => new Reordered(this, order);

    /// <summary>Predicts rows of like length together.</summary>
    /// <returns>The answers in the rows' own order.</returns>
    public Predictions InOrderOfLength(Func<IRowReader, Predictions> predict)
    {
        int[] order = [.. Enumerable.Range(0, Rows).OrderBy(LengthOf)];
        var sorted = predict(InOrderOf(order));
        var place = new int[order.Length];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        return sorted.Take(place);
    }

    public TrainingBatch Read(int[] rows, long? seed)
    {
        var width = Math.Max(1, rows.Max(row => texts[row].Ids.Length));
        var (tokens, types, mask) = (new long[rows.Length * width], new long[rows.Length * width], new bool[rows.Length * width]);
        Array.Fill(tokens, pad);
        for (var i = 0; i < rows.Length; i++)
        {
            var text = texts[rows[i]];
            for (var j = 0; j < text.Ids.Length; j++)
                (tokens[i * width + j], types[i * width + j], mask[i * width + j]) = (text.Ids[j], text.Types[j], true);
        }
        using var numbers = tensor(rows, int64);
        return new(
            [tensor(tokens, [rows.Length, width]), tensor(types, [rows.Length, width]), tensor(mask, [rows.Length, width])],
            target.index_select(0, numbers), weights?.index_select(0, numbers));
    }

    public void Dispose()
    {
        target.Dispose();
        weights?.Dispose();
    }

    sealed class Reordered(TokenRows rows, int[] order) : IRowReader
    {
        public int Rows => order.Length;

        public TrainingBatch Read(int[] asked, long? seed) => rows.Read(Array.ConvertAll(asked, i => order[i]), seed);
    }
}
