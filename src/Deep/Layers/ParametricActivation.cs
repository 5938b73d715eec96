using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>x + a (f(x) − x) with a learnt a for each neuron, 1 at first.</summary>
/// <remarks>(batch, units) → (batch, units). RealMLP, arXiv 2407.04491: f is SELU for classes and Mish for numbers.</remarks>
public sealed class ParametricActivation : nn.Module<Tensor, Tensor>
{
    readonly Parameter share;
    readonly bool mish;

    public ParametricActivation(int units, bool mish) : base(nameof(ParametricActivation))
    {
        this.mish = mish;
        share = nn.Parameter(ones(units));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return lerp(x, mish ? nn.functional.mish(x) : nn.functional.selu(x), share.to(x.dtype)).MoveToOuterDisposeScope();
    }
}
