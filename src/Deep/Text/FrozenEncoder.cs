using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Sources;
using Microsoft.Data.Analysis;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>A published text encoder as it is: one vector a text, computed once and kept.</summary>
/// <param name="Folder">config.json, the weights and the tokenizer's files, as published.</param>
public sealed record FrozenEncoder(string Folder)
{
    /// <summary>Tokens of a text, at most.</summary>
    public int MostTokens { get; init => field = Require.AtLeast(4, value); } = 128;

    /// <summary>Mean or first token; attention would have to be learned.</summary>
    public TokenPooling Pooling { get; init => field = value == TokenPooling.Attention
        ? throw new InputException("A frozen encoder has nothing that learns what weighs most; take the mean or the first token.") : value; }

    /// <summary>What the matrix products are computed in.</summary>
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.BFloat16;

    /// <summary>The folder in which vectors are kept for the next run; null: nowhere.</summary>
    public string? Cache { get; init; } = Path.Combine(Path.GetDirectoryName(OlderLibstdcxx.UserCache())!, "texts");

    /// <param name="texts">(rows) null counts as empty.</param>
    /// <param name="second">(rows) read behind the first as its pair; null: there is none.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="threads">How many threads compute.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>(rows, hidden).</returns>
    /// <exception cref="InputException">The folder lacks a file, or one is none of an encoder's.</exception>
    public Matrix Vectors(IReadOnlyList<string?> texts, IReadOnlyList<string?>? second = null,
        Core.Learning.Device device = Core.Learning.Device.Cpu, int threads = 0, CancellationToken cancel = default)
    {
        var config = EncoderConfig.Read(Path.Combine(Folder, "config.json"));
        var known = TextVectors.Read(Cache is null ? null : Path.Combine(Cache, $"{Key()}.vectors"), config.HiddenSize);
        var keys = Enumerable.Range(0, texts.Count).Select(row => TextVectors.KeyOf(texts[row], second?[row])).ToArray();
        int[] unknown = [.. Enumerable.Range(0, texts.Count).DistinctBy(row => keys[row]).Where(row => !known.Has(keys[row]))];
        if (unknown.Length > 0)
        {
            Compute(config, unknown, texts, second, device, threads == 0 ? Environment.ProcessorCount : threads, cancel, (row, vector) => known.Add(keys[row], vector));
            known.Keep();
        }
        var values = new float[texts.Count * config.HiddenSize];
        for (var row = 0; row < texts.Count; row++) known[keys[row]].CopyTo(values.AsSpan(row * config.HiddenSize));
        return new(values, config.HiddenSize);
    }

    void Compute(EncoderConfig config, int[] rows, IReadOnlyList<string?> texts, IReadOnlyList<string?>? second,
        Core.Learning.Device device, int threads, CancellationToken cancel, Action<int, ReadOnlySpan<float>> found)
    {
        var on = TorchDevice.Of(device, threads);
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, on);
        var body = EncoderCheckpoint.Build(config, random, new(Precision));
        EncoderCheckpoint.Into(body, EncoderCheckpoint.WeightsIn(Folder));
        using var network = new PooledEncoder(body, Pooling);
        network.to(on);
        var tokenizer = EncoderTokenizer.Read(Folder);
        EncodedText[] encoded = [.. rows.AsParallel().AsOrdered().Select(row => tokenizer.Encode(texts[row], second?[row], MostTokens))];
        using var reader = new TokenRows(encoded, tokenizer.Pad, zeros(rows.Length, 1).DetachFromDisposeScope(), null);
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(reader.LengthOf)];          // rows of like length share a batch
        var at = 0;
        NetworkPredictions.Each(network, new PrefetchedRows(reader.InOrderOf(order), on), (output, _) =>
        {
            cancel.ThrowIfCancellationRequested();
            var vectors = output.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray().AsSpan();
            for (var i = 0; i < vectors.Length; i += config.HiddenSize) found(rows[order[at++]], vectors.Slice(i, config.HiddenSize));
        });
    }

    /// <summary>Named by all that the vectors depend on: every file of the folder and the settings.</summary>
    string Key() => ContentHash.Of(EncoderCheckpoint.HashOf(Folder), $"{MostTokens} {Pooling} {Precision} {EncoderCheckpoint.Code}")[..32];
}

/// <summary>An encoder whose tokens' vectors become one.</summary>
sealed class PooledEncoder : Network
{
    readonly TextEncoderNetwork body;
    readonly TokenPooling pooling;

    public PooledEncoder(TextEncoderNetwork body, TokenPooling pooling) : base(nameof(PooledEncoder))
    {
        (this.body, this.pooling) = (body, pooling);
        RegisterComponents();
    }

    public override int PredictBatch => 32;

    /// <param name="inputs">Tokens, types (batch, length) int64; mask (batch, length) bool.</param>
    /// <returns>(batch, hidden).</returns>
    public override Tensor forward(Tensor[] inputs)
    {
        var tokens = body.call(inputs[0], inputs[1], inputs[2]).to(ScalarType.Float32);
        return pooling == TokenPooling.First ? tokens.select(1, 0) : MeanOf(tokens, inputs[2]);
    }

    /// <param name="tokens">(batch, length, hidden).</param>
    /// <param name="mask">(batch, length) bool.</param>
    /// <returns>(batch, hidden) the mean over tokens that are no padding.</returns>
    public static Tensor MeanOf(Tensor tokens, Tensor mask)
    {
        var seen = mask.unsqueeze(-1).to(ScalarType.Float32);
        return (tokens * seen).sum(1) / seen.sum(1).clamp_min(1);
    }
}

/// <summary>Embeddings as columns: every learner can use them.</summary>
public static class EmbeddingColumns
{
    /// <summary>Adds a number column for each number of the encoder's vectors.</summary>
    /// <param name="frame">Train's and test's rows.</param>
    /// <param name="column">A text column of the frame.</param>
    /// <param name="encoder">What reads it.</param>
    /// <param name="second">A text column read behind it as its pair; null: none.</param>
    public static DataFrame WithEmbeddings(this DataFrame frame, string column, FrozenEncoder encoder, string? second = null)
    {
        var vectors = encoder.Vectors(frame.Texts(column), second is null ? null : frame.Texts(second));
        for (var k = 0; k < vectors.Columns; k++)
        {
            var at = k;
            frame.With($"{column} embedding {k + 1}", [.. Enumerable.Range(0, vectors.Rows).Select(row => (double)vectors[row, at])]);
        }
        return frame;
    }
}
