using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Recommendation;

/// <summary>The product of a user's vector and an item's, and a bias of each.</summary>
/// <remarks>
/// (batch, 0) numbers and (batch, 2) codes → (batch, 1). fastai, fastai/collab.py, EmbeddingDotBias without its y_range: answers are standardised
/// and predictions kept within those met. Code 0 is a user or item never met.
/// </remarks>
public sealed class EmbeddingDotBiasNetwork : Network
{
    const double Deviation = 0.01;

    readonly Parameter u_weight, i_weight, u_bias, i_bias;

    public EmbeddingDotBiasNetwork(int users, int items, int factors, Randomness random) : base(nameof(EmbeddingDotBiasNetwork))
    {
        u_weight = Drawn(users, factors, random);
        i_weight = Drawn(items, factors, random);
        u_bias = Drawn(users, 1, random);
        i_bias = Drawn(items, 1, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor[] inputs)
    {
        var (users, items) = (inputs[1].select(1, 0), inputs[1].select(1, 1));       // (batch) each
        var product = (u_weight.index_select(0, users) * i_weight.index_select(0, items)).sum(1, keepdim: true);
        return product + u_bias.index_select(0, users) + i_bias.index_select(0, items);
    }

    static Parameter Drawn(int count, int width, Randomness random) =>
        nn.Parameter(empty(count, width).normal_(0, 1, random.Host).fmod_(2).mul_(Deviation));
}
