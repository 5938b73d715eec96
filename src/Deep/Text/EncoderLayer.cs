using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Text;

/// <summary>What a batch's tokens know of each other.</summary>
/// <param name="Mask">(batch, length) bool: false is not looked at.</param>
/// <param name="Distances">How far they stand apart, where that is no part of their own vectors.</param>
sealed record TokenSight(Tensor Mask, TokenDistances? Distances = null);

/// <summary>How tokens look at each other: what the encoders' layers differ in.</summary>
abstract class TokenAttention(string name) : Module(name)
{
    /// <param name="x">(batch, length, hidden).</param>
    /// <param name="sight">Of the batch.</param>
    /// <returns>(batch, length, hidden), not yet projected.</returns>
    public abstract Tensor Mix(Tensor x, TokenSight sight);
}

/// <summary>The layers of an encoder, one after the other.</summary>
abstract class EncoderStack(string name) : Module(name)
{
    /// <param name="layers">From the embeddings up.</param>
    /// <param name="x">(batch, length, hidden).</param>
    /// <param name="sight">Of the batch.</param>
    /// <param name="recomputation">Null: activations are kept.</param>
    /// <returns>(batch, length, hidden).</returns>
    protected static Tensor Run(IEnumerable<EncoderLayer> layers, Tensor x, TokenSight sight, Recomputation? recomputation)
    {
        foreach (var layer in layers)
            if (recomputation is null) x = layer.call(x, sight);
            else if (sight.Distances is not { } distances) x = recomputation.Of(layer, inputs => layer.call(inputs[0], sight), x);
            else x = recomputation.Of(layer, inputs => layer.call(inputs[0], sight with { Distances = distances with { Vectors = inputs[1] } }), x, distances.Vectors);
        return x;
    }
}

/// <summary>Attention, then two dense layers, each added to what came in and normed: the layer of BERT and of all that share its names.</summary>
sealed class EncoderLayer : Module<Tensor, TokenSight, Tensor>
{
    readonly EncoderAttention attention;
    readonly IntermediateDense intermediate;
    readonly NormedSum output;

    public EncoderLayer(EncoderConfig config, TokenAttention mixing, Randomness random, MatrixPrecision compute) : base(nameof(EncoderLayer))
    {
        attention = new(config, mixing, random, compute);
        intermediate = new(config, random, compute);
        output = new(config.IntermediateSize, config, config.HiddenDropoutProb, random, compute);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, TokenSight sight)   // (batch, length, hidden)
    {
        x = attention.call(x, sight);
        return output.call(intermediate.call(x), x);
    }
}

sealed class EncoderAttention : Module<Tensor, TokenSight, Tensor>
{
    readonly TokenAttention self;
    readonly NormedSum output;

    public EncoderAttention(EncoderConfig config, TokenAttention mixing, Randomness random, MatrixPrecision compute) : base(nameof(EncoderAttention))
    {
        self = mixing;
        output = new(config.HiddenSize, config, config.AttentionOutputDropout ?? config.HiddenDropoutProb, random, compute);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, TokenSight sight) => output.call(self.Mix(x, sight), x);
}

sealed class IntermediateDense : Module<Tensor, Tensor>
{
    readonly Dense dense;
    readonly string activation;

    public IntermediateDense(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(IntermediateDense))
    {
        dense = new(config.HiddenSize, config.IntermediateSize, random, compute);
        activation = config.HiddenAct;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => TextEncoderNetwork.Activate(activation, dense.call(x));
}

/// <summary>LayerNorm(before + dense(x)).</summary>
sealed class NormedSum : Module<Tensor, Tensor, Tensor>
{
    readonly Dense dense;
    readonly LayerNorm LayerNorm;
    readonly Dropout dropout;

    public NormedSum(int inputs, EncoderConfig config, double dropped, Randomness random, MatrixPrecision compute) : base(nameof(NormedSum))
    {
        dense = new(inputs, config.HiddenSize, random, compute);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        dropout = new(dropped, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor before) =>
        LayerNorm.call(before + dropout.call(dense.call(x)).to(ScalarType.Float32));
}
