using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>Scaled dot-product attention of several heads, the projections done by its owner under the names that the weights have.</summary>
/// <remarks>A. Vaswani et al., "Attention is all you need", 2017, eq. 1.</remarks>
static class SelfAttention
{
    /// <param name="query">(batch, length, hidden), likewise the two next.</param>
    /// <param name="key">Projected.</param>
    /// <param name="value">Projected.</param>
    /// <param name="mask">(batch, length) bool: false is not looked at.</param>
    /// <param name="heads">A divisor of hidden.</param>
    /// <param name="dropout">Of the weights.</param>
    /// <returns>(batch, length, hidden).</returns>
    public static Tensor Of(Tensor query, Tensor key, Tensor value, Tensor mask, int heads, Dropout dropout)
    {
        var (batch, length, hidden) = (query.shape[0], query.shape[1], query.shape[2]);
        Tensor Heads(Tensor x) => x.view(batch, length, heads, hidden / heads).transpose(1, 2);            // (batch, heads, length, each)
        var padded = mask.view(batch, 1, 1, length);
        Tensor mixed;
        if (dropout.training && dropout.Share > 0)
        {
            var scores = Heads(query).matmul(Heads(key).transpose(2, 3)) / Math.Sqrt(hidden / (double)heads);
            var weights = nn.functional.softmax(scores.to(ScalarType.Float32).masked_fill(padded.logical_not(), double.NegativeInfinity), -1);
            mixed = dropout.call(weights).to(value.dtype).matmul(Heads(value));
        }
        else mixed = nn.functional.scaled_dot_product_attention(Heads(query), Heads(key), Heads(value), padded);
        return mixed.transpose(1, 2).reshape(batch, length, hidden);
    }
}
