using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Text;

/// <summary>BERT with half its layers, without types and pooler.</summary>
/// <remarks>V. Sanh et al., arXiv 1910.01108; names as in the published weights: transformer.layer.0.attention.q_lin.weight.</remarks>
public sealed class DistilBert : TextEncoderNetwork
{
    readonly BertEmbeddings embeddings;
    readonly DistilledLayers transformer;

    public DistilBert(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(DistilBert), config)
    {
        embeddings = new(config, config.HiddenSize, random);
        transformer = new(config, random, compute);
        RegisterComponents();
        Start(random);
    }

    public override string Prefix => "distilbert";

    public override IReadOnlyList<string> LayerPrefixes =>
        ["embeddings", .. Enumerable.Range(0, Config.NumHiddenLayers).Select(layer => $"transformer.layer.{layer}.")];

    public override Tensor forward(Tensor tokens, Tensor types, Tensor mask) => transformer.Run(embeddings.call(tokens, types), mask);
}

sealed class DistilledLayers : Module
{
    readonly ModuleList<DistilledLayer> layer;

    public DistilledLayers(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(DistilledLayers))
    {
        layer = new([.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new DistilledLayer(config, random, compute))]);
        RegisterComponents();
    }

    public Tensor Run(Tensor x, Tensor mask)
    {
        foreach (var each in layer) x = each.call(x, mask);
        return x;
    }
}

sealed class DistilledLayer : Module<Tensor, Tensor, Tensor>
{
    readonly DistilledAttention attention;
    readonly LayerNorm sa_layer_norm, output_layer_norm;
    readonly DistilledFeedForward ffn;

    public DistilledLayer(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(DistilledLayer))
    {
        attention = new(config, random, compute);
        sa_layer_norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        ffn = new(config, random, compute);
        output_layer_norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        x = sa_layer_norm.call(x + attention.call(x, mask).to(ScalarType.Float32));
        return output_layer_norm.call(x + ffn.call(x).to(ScalarType.Float32));
    }
}

sealed class DistilledAttention : Module<Tensor, Tensor, Tensor>
{
    readonly Dense q_lin, k_lin, v_lin, out_lin;
    readonly Dropout dropout;
    readonly int heads;

    public DistilledAttention(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(DistilledAttention))
    {
        heads = config.NumAttentionHeads;
        q_lin = new(config.HiddenSize, config.HiddenSize, random, compute);
        k_lin = new(config.HiddenSize, config.HiddenSize, random, compute);
        v_lin = new(config.HiddenSize, config.HiddenSize, random, compute);
        out_lin = new(config.HiddenSize, config.HiddenSize, random, compute);
        dropout = new(config.AttentionProbsDropoutProb, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor mask) =>
        out_lin.call(SelfAttention.Of(q_lin.call(x), k_lin.call(x), v_lin.call(x), mask, heads, dropout));
}

sealed class DistilledFeedForward : Module<Tensor, Tensor>
{
    readonly Dense lin1, lin2;
    readonly Dropout dropout;
    readonly string activation;

    public DistilledFeedForward(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(DistilledFeedForward))
    {
        lin1 = new(config.HiddenSize, config.IntermediateSize, random, compute);
        lin2 = new(config.IntermediateSize, config.HiddenSize, random, compute);
        dropout = new(config.HiddenDropoutProb, random);
        activation = config.HiddenAct;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => dropout.call(lin2.call(TextEncoderNetwork.Activate(activation, lin1.call(x))));
}
