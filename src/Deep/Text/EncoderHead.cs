using Kaggle.Deep.Layers;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Text;

/// <summary>How the vectors of a text's tokens become one.</summary>
public enum TokenPooling
{
    /// <summary>Their mean, padding left out.</summary>
    Mean,

    /// <summary>The first token's, which stands for the whole text.</summary>
    First,

    /// <summary>A weighted mean; what weighs most is learned.</summary>
    Attention,
}

/// <summary>An encoder with a head for answers: pooling, several dropouts of one vector, one dense layer.</summary>
/// <remarks>Multi-sample dropout: H. Inoue, arXiv 1905.09788; here the mean of the samples' outputs.</remarks>
sealed class EncoderHead : Network
{
    readonly TextEncoderNetwork body;
    readonly Dense head;
    readonly Dense? weigh;
    readonly Dropout dropout;
    readonly TokenPooling pooling;
    readonly int samples;

    public EncoderHead(TextEncoderNetwork body, int outputs, TokenPooling pooling, double dropout, int samples, Randomness random) : base(nameof(EncoderHead))
    {
        (this.body, this.pooling, this.samples) = (body, pooling, samples);
        var full = new MatrixPrecision(TrainingPrecision.Float32);
        head = new(body.Config.HiddenSize, outputs, random, full);
        if (pooling == TokenPooling.Attention) weigh = new(body.Config.HiddenSize, 1, random, full);
        this.dropout = new(dropout, random);
        RegisterComponents();
    }

    /// <summary>Embeddings, then layer by layer, then the head.</summary>
    public override IReadOnlyList<string[]> Parts => [.. body.LayerPrefixes.Select(part => Array.ConvertAll(part, prefix => "body." + prefix)), []];

    public override int PredictBatch => 32;

    public override void CheckBackward() => body.Recomputation?.Check();

    /// <param name="inputs">Tokens, types (batch, length) int64; mask (batch, length) bool.</param>
    /// <returns>(batch, outputs).</returns>
    public override Tensor forward(Tensor[] inputs)
    {
        var pooled = Pooled(body.call(inputs[0], inputs[1], inputs[2]).to(ScalarType.Float32), inputs[2]);
        if (!training || dropout.Share == 0) return head.call(pooled);
        var sum = head.call(dropout.call(pooled));
        for (var i = 1; i < samples; i++) sum += head.call(dropout.call(pooled));
        return sum / samples;
    }

    /// <returns>(batch, hidden) one vector a text.</returns>
    public Tensor Pooled(Tensor tokens, Tensor mask)
    {
        if (weigh is null) return PooledEncoder.Of(tokens, mask, pooling);
        var weights = nn.functional.softmax(weigh.call(tokens).masked_fill(mask.unsqueeze(-1).logical_not(), double.NegativeInfinity), 1);
        return (tokens * weights).sum(1);
    }
}
