using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Recommendation;

/// <summary>From the items that a user had to a vector of what comes next, at each place of the sequence.</summary>
/// <remarks>
/// (batch, length) codes, 0 is padding at the end → (batch, length, width). Kang and McAuley 2018, Self-Attentive Sequential Recommendation, arXiv 1808.09781:
/// each place looks at itself and what is before it. Scores are products with <see cref="Items"/>, plus a bias of each item.
/// </remarks>
public sealed class SasRecNetwork : Network
{
    readonly Parameter item_emb, pos_emb, item_bias;
    readonly ModuleList<AttendingBlock> blocks;
    readonly LayerNorm last_layernorm;
    readonly Dropout emb_dropout;
    readonly int width;

    /// <param name="items">How many there are; codes count from 1.</param>
    /// <param name="length">Of the longest sequence.</param>
    /// <param name="width">Of a vector.</param>
    /// <param name="layers">How many blocks.</param>
    /// <param name="heads">A divisor of the width.</param>
    /// <param name="dropout">The share of values dropped while training.</param>
    /// <param name="random">Where initial values and dropout come from.</param>
    public SasRecNetwork(int items, int length, int width, int layers, int heads, double dropout, Randomness random) : base(nameof(SasRecNetwork))
    {
        this.width = width;
        item_emb = nn.Parameter(empty(items + 1, width).normal_(0, 0.02, random.Host));
        pos_emb = nn.Parameter(empty(length, width).normal_(0, 0.02, random.Host));
        item_bias = nn.Parameter(zeros(items));
        var compute = new MatrixPrecision(TrainingPrecision.Float32);
        blocks = new ModuleList<AttendingBlock>([.. Enumerable.Range(0, layers).Select(_ => new AttendingBlock(width, heads, dropout, random, compute))]);
        last_layernorm = nn.LayerNorm(width, eps: 1e-8);
        emb_dropout = new(dropout, random);
        RegisterComponents();
    }

    /// <summary>(items, width) the vectors of what may come next.</summary>
    public Tensor Items => item_emb.narrow(0, 1, item_emb.shape[0] - 1);

    /// <summary>(items) how likely each is to come next, whatever came before.</summary>
    public Tensor Bias => item_bias;

    public override Tensor forward(Tensor[] inputs)
    {
        var codes = inputs[0];
        var (batch, length) = (codes.shape[0], codes.shape[1]);
        var known = codes.ne(0).unsqueeze(2).to(ScalarType.Float32);                                             // (batch, length, 1)
        var x = item_emb.index_select(0, codes.reshape(-1)).view(batch, length, width) * Math.Sqrt(width) + pos_emb.narrow(0, 0, length);
        x = emb_dropout.call(x) * known;
        foreach (var block in blocks) x = block.call(x) * known;
        return last_layernorm.call(x);
    }
}

/// <summary>Attention to what came before, then two layers at each place, both beside a straight way.</summary>
/// <remarks>(batch, length, width) → the same.</remarks>
sealed class AttendingBlock : nn.Module<Tensor, Tensor>
{
    readonly LayerNorm attention_layernorm, forward_layernorm;
    readonly Dense query, key, value, mix, conv1, conv2;
    readonly Dropout dropout;
    readonly int heads;

    public AttendingBlock(int width, int heads, double dropout, Randomness random, MatrixPrecision compute) : base(nameof(AttendingBlock))
    {
        this.heads = heads;
        (attention_layernorm, forward_layernorm) = (nn.LayerNorm(width, eps: 1e-8), nn.LayerNorm(width, eps: 1e-8));
        Dense Square() => new(width, width, random, compute);
        (query, key, value, mix, conv1, conv2) = (Square(), Square(), Square(), Square(), Square(), Square());
        this.dropout = new(dropout, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var asking = attention_layernorm.call(x);
        var (batch, length, width) = (x.shape[0], x.shape[1], x.shape[2]);
        Tensor Heads(Tensor of) => of.view(batch, length, heads, width / heads).transpose(1, 2);
        var mixed = nn.functional.scaled_dot_product_attention(Heads(query.call(asking)), Heads(key.call(x)), Heads(value.call(x)), is_casual: true);
        x = asking + dropout.call(mix.call(mixed.transpose(1, 2).reshape(batch, length, width)));
        var before = forward_layernorm.call(x);
        return before + dropout.call(conv2.call(dropout.call(conv1.call(before)).relu()));
    }
}
