using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Text;

/// <summary>DeBERTa-v3: words know no place of their own; how far two of them stand apart is part of how they look at each other.</summary>
/// <remarks>P. He et al., arXiv 2006.03654 and 2111.09543; names as published: encoder.rel_embeddings.weight, encoder.layer.0.attention.self.query_proj.weight.</remarks>
public sealed class Deberta : TextEncoderNetwork
{
    readonly DebertaEmbeddings embeddings;
    readonly DebertaLayers encoder;

    public Deberta(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(Deberta), config)
    {
        embeddings = new(config, random);
        encoder = new(config, random, compute);
        RegisterComponents();
        Start(random);
    }

    public override string Prefix => "deberta";

    protected override string[] BelowLayers => ["embeddings", "encoder.rel_embeddings", "encoder.LayerNorm"];

    public override Tensor forward(Tensor tokens, Tensor types, Tensor mask) => encoder.Run(embeddings.call(tokens), mask, Recomputation);
}

sealed class DebertaEmbeddings : Module<Tensor, Tensor>
{
    readonly Embedding word_embeddings;
    readonly LayerNorm LayerNorm;
    readonly Dropout dropout;

    public DebertaEmbeddings(EncoderConfig config, Randomness random) : base(nameof(DebertaEmbeddings))
    {
        word_embeddings = nn.Embedding(config.VocabSize, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        dropout = new(config.HiddenDropoutProb, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens) => dropout.call(LayerNorm.call(word_embeddings.call(tokens)));
}

/// <summary>The stack, and the vectors of distances that all its layers share.</summary>
sealed class DebertaLayers : EncoderStack
{
    readonly ModuleList<EncoderLayer> layer;
    readonly Embedding rel_embeddings;
    readonly LayerNorm LayerNorm;
    readonly DistanceBuckets buckets;

    public DebertaLayers(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(DebertaLayers))
    {
        buckets = new(config.PositionBuckets, config.MaxRelativePositions > 0 ? config.MaxRelativePositions : config.MaxPositionEmbeddings);
        rel_embeddings = nn.Embedding(2 * config.PositionBuckets, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        layer = new([.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new EncoderLayer(config, new DisentangledAttention(config, random, compute), random, compute))]);
        RegisterComponents();
    }

    public Tensor Run(Tensor x, Tensor mask, Recomputation? recomputation) =>
        Run(layer, x, new(mask, buckets.Lay((int)x.shape[1], LayerNorm.call(rel_embeddings.weight!))), recomputation);
}

/// <summary>For the length of a batch: which vector stands for each pair's distance.</summary>
/// <param name="Vectors">(distances, hidden) the vectors of the distances that occur, normed.</param>
/// <param name="Ahead">(length, length) int64: for a token and one it looks at, the row of their distance.</param>
/// <param name="Back">The same of the opposite distance.</param>
sealed record TokenDistances(Tensor Vectors, Tensor Ahead, Tensor Back);

/// <summary>Near distances are told apart, far ones share buckets.</summary>
/// <param name="buckets">Of each side.</param>
/// <param name="most">The greatest distance.</param>
sealed class DistanceBuckets(int buckets, int most)
{
    /// <param name="length">Of the batch's rows.</param>
    /// <param name="vectors">(2 · buckets, hidden).</param>
    public TokenDistances Lay(int length, Tensor vectors)
    {
        // Only distances below the length occur: the rest of the vectors need not be projected.
        var (first, last) = (RowOf(1 - length), RowOf(length - 1));
        var (ahead, back) = (new long[length * length], new long[length * length]);
        for (var i = 0; i < length; i++)
            for (var j = 0; j < length; j++)
                (ahead[i * length + j], back[i * length + j]) = (RowOf(i - j) - first, RowOf(j - i) - first);
        return new(vectors.narrow(0, first, last - first + 1), tensor(ahead, [length, length], device: vectors.device), tensor(back, [length, length], device: vectors.device));
    }

    int RowOf(int distance) => Math.Clamp(Bucket(distance) + buckets, 0, 2 * buckets - 1);

    /// <summary>Near distances are told apart, far ones by their logarithm.</summary>
    int Bucket(int distance)
    {
        var half = buckets / 2;
        if (Math.Abs(distance) <= half) return distance;
        var far = (int)Math.Ceiling(MathF.Log(Math.Abs(distance) / (float)half) / MathF.Log((most - 1) / (float)half) * (half - 1)) + half;
        return distance < 0 ? -far : far;
    }
}

/// <summary>A word looks at words, at distances, and is looked for from distances: three products, one softmax.</summary>
/// <remarks>arXiv 2006.03654, eq. 4; distances are projected by the matrices of the words.</remarks>
sealed class DisentangledAttention : TokenAttention
{
    const int Kinds = 3;

    readonly Dense query_proj, key_proj, value_proj;
    readonly Dropout dropout, pos_dropout;
    readonly int heads;

    public DisentangledAttention(EncoderConfig config, Randomness random, MatrixPrecision compute) : base(nameof(DisentangledAttention))
    {
        heads = config.NumAttentionHeads;
        query_proj = new(config.HiddenSize, config.HiddenSize, random, compute);
        key_proj = new(config.HiddenSize, config.HiddenSize, random, compute);
        value_proj = new(config.HiddenSize, config.HiddenSize, random, compute);
        dropout = new(config.AttentionProbsDropoutProb, random);
        pos_dropout = new(config.HiddenDropoutProb, random);
        RegisterComponents();
    }

    public override Tensor Mix(Tensor x, TokenSight sight)
    {
        var distances = sight.Distances!;
        var (batch, length, hidden) = (x.shape[0], x.shape[1], x.shape[2]);
        Tensor Heads(Tensor t) => t.view(-1, t.shape[^2], heads, hidden / heads).transpose(1, 2);          // (…, heads, length, each)
        Tensor Pairs(Tensor t) => t.expand(batch, heads, length, length);
        Tensor query = Heads(query_proj.call(x)), key = Heads(key_proj.call(x)), value = Heads(value_proj.call(x));
        var vectors = pos_dropout.call(distances.Vectors).unsqueeze(0);
        Tensor placeQuery = Heads(query_proj.call(vectors)), placeKey = Heads(key_proj.call(vectors));     // (1, heads, distances, each)

        var toPlaces = query.matmul(placeKey.transpose(2, 3)).gather(3, Pairs(distances.Ahead));
        var fromPlaces = key.matmul(placeQuery.transpose(2, 3)).gather(3, Pairs(distances.Back)).transpose(2, 3);
        var scores = (query.matmul(key.transpose(2, 3)) + toPlaces + fromPlaces).to(ScalarType.Float32) / Math.Sqrt(hidden / heads * Kinds);
        var weights = functional.softmax(scores.masked_fill(sight.Mask.view(batch, 1, 1, length).logical_not(), double.NegativeInfinity), -1);
        return dropout.call(weights).to(value.dtype).matmul(value).transpose(1, 2).reshape(batch, length, hidden);
    }
}
