using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Text;

/// <summary>BERT, and what shares its layers: MiniLM, RoBERTa and XLM-R (other positions), ELECTRA (narrower embeddings), DistilBERT (half the layers, no types).</summary>
/// <remarks>
/// J. Devlin et al., arXiv 1810.04805; names as in google-research/bert's weights converted to PyTorch: embeddings.word_embeddings.weight,
/// encoder.layer.0.attention.self.query.weight. DistilBERT's own names (V. Sanh et al., arXiv 1910.01108) are brought to these when weights are read.
/// </remarks>
public sealed class Bert : TextEncoderNetwork
{
    readonly BertEmbeddings embeddings;
    readonly Linear? embeddings_project;                         // ELECTRA's
    readonly BertLayers encoder;

    public Bert(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(Bert), config)
    {
        var width = config.EmbeddingSize ?? config.HiddenSize;
        embeddings = new(config, width, random);
        if (width != config.HiddenSize) embeddings_project = nn.Linear(width, config.HiddenSize);
        encoder = new(config, random, compute);
        RegisterComponents();
        Start(random);
    }

    public override string Prefix => Config.ModelType switch { "roberta" or "xlm-roberta" => "roberta", "electra" => "electra", "distilbert" => "distilbert", _ => "bert" };

    public override Tensor forward(Tensor tokens, Tensor types, Tensor mask)
    {
        var x = embeddings.call(tokens, types);                 // (batch, length, embedding)
        if (embeddings_project is not null) x = embeddings_project.call(x);
        return encoder.Run(x, new(mask), Recomputation);
    }
}

/// <summary>Words, positions and types added up and normed.</summary>
sealed class BertEmbeddings : Module<Tensor, Tensor, Tensor>
{
    readonly Embedding word_embeddings, position_embeddings;
    readonly Embedding? token_type_embeddings;
    readonly LayerNorm LayerNorm;
    readonly Dropout dropout;
    readonly int? paddedAt;

    public BertEmbeddings(EncoderConfig config, int width, Randomness random) : base(nameof(BertEmbeddings))
    {
        word_embeddings = nn.Embedding(config.VocabSize, width);
        position_embeddings = nn.Embedding(config.MaxPositionEmbeddings, width);
        if (config.TypeVocabSize > 0) token_type_embeddings = nn.Embedding(config.TypeVocabSize, width);
        LayerNorm = nn.LayerNorm(width, config.LayerNormEps);
        dropout = new(config.HiddenDropoutProb, random);
        paddedAt = config.ModelType is "roberta" or "xlm-roberta" ? config.PadTokenId : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens, Tensor types)
    {
        var x = word_embeddings.call(tokens) + position_embeddings.call(Positions(tokens));
        if (token_type_embeddings is not null) x += token_type_embeddings.call(paddedAt is null ? types : zeros_like(types));
        return dropout.call(LayerNorm.call(x));
    }

    /// <summary>0, 1, 2 …; RoBERTa counts from behind its padding's number, and padding stays there.</summary>
    Tensor Positions(Tensor tokens)
    {
        if (paddedAt is not { } pad) return arange(tokens.shape[1], int64, tokens.device).unsqueeze(0);
        var real = tokens.ne(pad).to(int64);
        return real.cumsum(1) * real + pad;
    }
}

/// <summary>The stack.</summary>
sealed class BertLayers : EncoderStack
{
    readonly ModuleList<EncoderLayer> layer;

    public BertLayers(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(BertLayers))
    {
        layer = new([.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new EncoderLayer(config, new BertSelf(config, random, compute), random, compute))]);
        RegisterComponents();
    }

    public Tensor Run(Tensor x, TokenSight sight, Recomputation? recomputation) => Run(layer, x, sight, recomputation);
}

/// <summary>Every token looks at every other; who stands where was said by the embeddings.</summary>
sealed class BertSelf : TokenAttention
{
    readonly Dense query, key, value;
    readonly Dropout dropout;
    readonly int heads;

    public BertSelf(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(BertSelf))
    {
        heads = config.NumAttentionHeads;
        query = new(config.HiddenSize, config.HiddenSize, random, compute);
        key = new(config.HiddenSize, config.HiddenSize, random, compute);
        value = new(config.HiddenSize, config.HiddenSize, random, compute);
        dropout = new(config.AttentionProbsDropoutProb, random);
        RegisterComponents();
    }

    public override Tensor Mix(Tensor x, TokenSight sight) => SelfAttention.Of(query.call(x), key.call(x), value.call(x), sight.Mask, heads, dropout);
}
