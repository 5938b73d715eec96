using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>A linear layer of its own for each member.</summary>
/// <remarks>(batch, members, inputs) → (batch, members, outputs).</remarks>
public sealed class MemberHeads : nn.Module<Tensor, Tensor>
{
    readonly Parameter weight, bias;
    readonly MatrixPrecision compute;

    public MemberHeads(int members, int inputs, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(MemberHeads))
    {
        this.compute = compute;
        var bound = 1 / Math.Sqrt(inputs);
        weight = nn.Parameter(empty(members, inputs, outputs).uniform_(-bound, bound, random.Host));
        bias = nn.Parameter(empty(members, outputs).uniform_(-bound, bound, random.Host));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        if (training && weight.shape[2] <= MemberDots.MostOutputs && x.LieOnHost())
            return (MemberDots.Of(x, weight.transpose(1, 2).contiguous()) + bias).MoveToOuterDisposeScope();
        var all = compute.Cast(x).transpose(0, 1).bmm(compute.Cast(weight)).transpose(0, 1);        // (batch, members, outputs)
        return (all.to(ScalarType.Float32) + bias).MoveToOuterDisposeScope();
    }
}
