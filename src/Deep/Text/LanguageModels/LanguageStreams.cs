using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>All texts in a fresh order as a few endless lines, read side by side, a stretch of each a batch; the answer to each word is the next one.</summary>
/// <param name="texts">The words' numbers.</param>
/// <param name="length">Words of a stretch.</param>
/// <param name="device">Where batches lie.</param>
sealed class LanguageStreams(IReadOnlyList<int[]> texts, int length, Device device) : IRowSource
{
    readonly int words = texts.Sum(text => text.Length);

    public int Rows => texts.Count;

    public Device Device => device;

    public int Batches(int size) => Math.Max(1, (Line(size) - 1 + length - 1) / length);

    public IEnumerable<TrainingBatch> Shuffled(int size, Randomness random)
    {
        using var order = randperm(texts.Count, int32, generator: random.Host);
        return Read(order.data<int>().ToArray(), size);
    }

    public IEnumerable<TrainingBatch> InOrder(int size) => Read([.. Enumerable.Range(0, texts.Count)], size);

    public void Dispose() { }

    /// <summary>Few words make fewer lines, so that each can be read for a while.</summary>
    int Lines(int size) => Math.Clamp(words / 8, 1, size);

    int Line(int size) => Math.Max(2, words / Lines(size));

    IEnumerable<TrainingBatch> Read(int[] order, int size)
    {
        long[] all = [.. order.SelectMany(text => texts[text]).Select(word => (long)word)];
        var (lines, line) = (Lines(size), Line(size));
        for (var start = 0; start < line - 1; start += length)
        {
            var own = Math.Min(length, line - 1 - start);
            var (seen, next) = (new long[lines * own], new long[lines * own]);
            for (var i = 0; i < lines; i++)
                for (var j = 0; j < own; j++)
                    (seen[i * own + j], next[i * own + j]) = (all[(i * line + start + j) % all.Length], all[(i * line + start + j + 1) % all.Length]);
            var begins = full(lines, start == 0 ? 1L : 0L, dtype: ScalarType.Int64, device: device);
            yield return new([tensor(seen, [lines, own], device: device), begins], tensor(next, [lines, own], device: device));
        }
    }
}
