using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>What makes one vector of a text and learns nothing: each text is computed once and kept.</summary>
public abstract record TextEmbedder
{
    /// <summary>Tokens of a text, at most.</summary>
    public int MostTokens { get; init => field = Require.AtLeast(4, value); } = 128;

    /// <summary>Mean or first token; attention would have to be learned.</summary>
    public TokenPooling Pooling { get; init => field = value == TokenPooling.Attention
        ? throw new InputException("A frozen encoder has nothing that learns what weighs most; take the mean or the first token.") : value; }

    /// <summary>The folder in which vectors are kept for the next run; null: nowhere.</summary>
    public string? Cache { get; init; } = Path.Combine(Path.GetDirectoryName(OlderLibstdcxx.UserCache())!, "texts");

    /// <param name="texts">(rows) null counts as empty.</param>
    /// <param name="second">(rows) read behind the first as its pair; null: there is none.</param>
    /// <param name="device">Where it is computed, if that can be chosen.</param>
    /// <param name="threads">How many threads compute; 0: as many as there are cores.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>(rows, width).</returns>
    /// <exception cref="InputException">A file is missing, or one is not what it should be.</exception>
    public Matrix Vectors(IReadOnlyList<string?> texts, IReadOnlyList<string?>? second = null,
        Core.Learning.Device device = Core.Learning.Device.Cpu, int threads = 0, CancellationToken cancel = default)
    {
        var known = TextVectors.Read(Cache is null ? null : Path.Combine(Cache, $"{Identity()[..32]}.vectors"));
        var keys = Enumerable.Range(0, texts.Count).Select(row => TextVectors.KeyOf(texts[row], second?[row])).ToArray();
        int[] unknown = [.. Enumerable.Range(0, texts.Count).DistinctBy(row => keys[row]).Where(row => !known.Has(keys[row]))];
        if (unknown.Length > 0)
        {
            Compute(unknown, texts, second, device, threads == 0 ? Environment.ProcessorCount : threads, cancel, (row, vector) => known.Add(keys[row], vector));
            known.Keep();
        }
        // No texts, now or before: how wide nothing is, the empty text tells.
        if (known.Width == 0) return Vectors([null], null, device, threads, cancel).Take([]);
        var values = new float[texts.Count * known.Width];
        for (var row = 0; row < texts.Count; row++) known[keys[row]].CopyTo(values.AsSpan(row * known.Width));
        return new(values, known.Width);
    }

    /// <returns>A hash of all that the vectors depend on: every file and setting.</returns>
    protected abstract string Identity();

    /// <param name="device">Where inputs will lie.</param>
    /// <param name="threads">How many it may use.</param>
    /// <returns>The tokenizer, and a network from tokens, types (batch, length) int64 and mask (batch, length) bool to (batch, width); to be disposed.</returns>
    /// <exception cref="InputException">A file is missing, or one is not what it should be.</exception>
    protected abstract (EncoderTokenizer Tokenizer, Network Network) Open(Device device, int threads);

    void Compute(int[] rows, IReadOnlyList<string?> texts, IReadOnlyList<string?>? second,
        Core.Learning.Device device, int threads, CancellationToken cancel, Action<int, ReadOnlySpan<float>> found)
    {
        var on = TorchDevice.Of(device, threads);
        using var scope = NewDisposeScope();
        var (tokenizer, opened) = Open(on, threads);
        using var network = opened;
        EncodedText[] encoded = [.. rows.AsParallel().AsOrdered().Select(row => tokenizer.Encode(texts[row], second?[row], MostTokens))];
        using var reader = new TokenRows(encoded, tokenizer.Pad, zeros(rows.Length, 1).DetachFromDisposeScope(), null);
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(reader.LengthOf)];          // rows of like length share a batch
        var at = 0;
        NetworkPredictions.Each(network, new PrefetchedRows(reader.InOrderOf(order), on), (output, _) =>
        {
            cancel.ThrowIfCancellationRequested();
            var width = (int)output.shape[1];
            var vectors = output.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray().AsSpan();
            for (var i = 0; i < vectors.Length; i += width) found(rows[order[at++]], vectors.Slice(i, width));
        });
    }
}
