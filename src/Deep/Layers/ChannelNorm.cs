using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Each pixel's channels are shifted and scaled to mean 0 and variance 1, then scaled and shifted as learned.</summary>
/// <remarks>(batch, channels, height, width) → the same shape, float32. Ba and others, arXiv 1607.06450, over channels, as ConvNeXt uses it.</remarks>
public sealed class ChannelNorm : nn.Module<Tensor, Tensor>
{
    readonly Parameter weight, bias;
    readonly double epsilon;

    public ChannelNorm(int channels, double epsilon = 1e-6) : base(nameof(ChannelNorm))
    {
        this.epsilon = epsilon;
        weight = nn.Parameter(ones(channels));
        bias = nn.Parameter(zeros(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return OverLast(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <param name="x">(…, channels).</param>
    public Tensor OverLast(Tensor x) => nn.functional.layer_norm(x.to(ScalarType.Float32), [weight.shape[0]], weight, bias, epsilon);
}
