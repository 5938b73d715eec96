using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Sets a share of the values to zero while training, and scales the rest so that the mean stays.</summary>
/// <remarks>Any shape → the same shape. Draws from the training's own generator, so that trainings side by side do not disturb each other.</remarks>
public sealed class Dropout : nn.Module<Tensor, Tensor>
{
    readonly Randomness random;

    public Dropout(double share, Randomness random) : base(nameof(Dropout)) => (Share, this.random) = (share, random);

    /// <summary>0 to below 1; a schedule may change it between steps.</summary>
    public double Share { get; set; }

    public override Tensor forward(Tensor x)
    {
        if (!training || Share == 0) return x;
        using var kept = empty_like(x).bernoulli_(1 - Share, random.Device);
        return x * kept.mul_(1 / (1 - Share));
    }
}
