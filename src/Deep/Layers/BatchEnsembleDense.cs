using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Linear layers of several members that share one weight; each member owns its scales and bias.</summary>
/// <remarks>(batch, members, inputs) → (batch, members, outputs). BatchEnsemble, arXiv 2002.06715, eq. 5; started as in TabM, arXiv 2410.24210.</remarks>
public sealed class BatchEnsembleDense : nn.Module<Tensor, Tensor>
{
    readonly Parameter weight, r, s, bias;
    readonly MatrixPrecision compute;

    /// <param name="members">How many.</param>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="outputs">Numbers out.</param>
    /// <param name="random">Where the initial values come from.</param>
    /// <param name="compute">In what precision.</param>
    /// <param name="scales">(members, inputs) what the input scales start as; null: ones. The first layer's set the members apart.</param>
    public BatchEnsembleDense(int members, int inputs, int outputs, Randomness random, MatrixPrecision compute, Tensor? scales = null) : base(nameof(BatchEnsembleDense))
    {
        this.compute = compute;
        var bound = 1 / Math.Sqrt(inputs);
        weight = nn.Parameter(empty(outputs, inputs).uniform_(-bound, bound, random.Host));
        r = nn.Parameter(scales ?? ones(members, inputs));
        s = nn.Parameter(ones(members, outputs));
        bias = nn.Parameter(empty(1, outputs).uniform_(-bound, bound, random.Host).repeat(members, 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = nn.functional.linear(compute.Cast(x) * compute.Cast(r), compute.Cast(weight));          // (batch, members, outputs)
        return (x * compute.Cast(s) + compute.Cast(bias)).MoveToOuterDisposeScope();
    }
}
