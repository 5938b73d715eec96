using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Each asking token becomes a mix of all tokens, several mixes side by side.</summary>
/// <remarks>(batch, asking, width) and (batch, tokens, width) → (batch, asking, width). Multi-head attention, arXiv 1706.03762; biases start at 0.</remarks>
public sealed class ColumnAttention : nn.Module<Tensor, Tensor, Tensor>
{
    readonly Dense query, key, value, mix;
    readonly Dropout dropout;
    readonly int heads;

    public ColumnAttention(int width, int heads, double dropout, Randomness random, MatrixPrecision compute) : base(nameof(ColumnAttention))
    {
        this.heads = heads;
        (query, key) = (new(width, width, random, compute, startsUnbiased: true), new(width, width, random, compute, startsUnbiased: true));
        (value, mix) = (new(width, width, random, compute, startsUnbiased: true), new(width, width, random, compute, startsUnbiased: true));
        this.dropout = new(dropout, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor asking, Tensor tokens)
    {
        var (batch, count, width) = (asking.shape[0], asking.shape[1], asking.shape[2]);
        var q = Heads(query.call(asking));                                                             // (batch, heads, asking, width / heads)
        var (k, v) = (Heads(key.call(tokens)), Heads(value.call(tokens)));
        var shares = nn.functional.softmax(q.matmul(k.transpose(2, 3)) / Math.Sqrt(width / heads), 3); // (batch, heads, asking, tokens)
        var mixed = dropout.call(shares).matmul(v).transpose(1, 2).reshape(batch, count, width);
        return mix.call(mixed);
    }

    Tensor Heads(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);
}
