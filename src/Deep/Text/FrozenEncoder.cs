using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>A published text encoder as it is: one vector a text, computed once and kept.</summary>
/// <param name="Folder">config.json, the weights and the tokenizer's files, as published.</param>
public sealed record FrozenEncoder(string Folder) : TextEmbedder
{
    /// <summary>What the matrix products are computed in.</summary>
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.BFloat16;

    protected override string Identity() => ContentHash.Of(EncoderCheckpoint.HashOf(Folder), $"{MostTokens} {Pooling} {Precision} {EncoderCheckpoint.Code}");

    protected override (EncoderTokenizer Tokenizer, Network Network) Open(Device device, int threads)
    {
        using var random = new Randomness(0, device);
        var body = EncoderCheckpoint.Build(EncoderConfig.Read(Path.Combine(Folder, "config.json")), random, new(Precision));
        EncoderCheckpoint.Into(body, EncoderCheckpoint.WeightsIn(Folder));
        var network = new PooledEncoder(body, Pooling);
        network.to(device);
        return (EncoderTokenizer.Read(Folder), network);
    }
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
    public override Tensor forward(Tensor[] inputs) => Of(body.call(inputs[0], inputs[1], inputs[2]).to(ScalarType.Float32), inputs[2], pooling);

    /// <param name="tokens">(batch, length, hidden).</param>
    /// <param name="mask">(batch, length) bool.</param>
    /// <param name="pooling">Mean or first.</param>
    /// <returns>(batch, hidden) the first token's vector, or the mean over tokens that are no padding.</returns>
    public static Tensor Of(Tensor tokens, Tensor mask, TokenPooling pooling)
    {
        if (pooling == TokenPooling.First) return tokens.select(1, 0);
        var seen = mask.unsqueeze(-1).to(ScalarType.Float32);
        return (tokens * seen).sum(1) / seen.sum(1).clamp_min(1);
    }
}
