using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>y = x W / √inputs + b, in the neural tangent parametrisation, started on training rows.</summary>
/// <remarks>(batch, inputs) → (batch, outputs). RealMLP, arXiv 2407.04491.</remarks>
public sealed class TangentDense : nn.Module<Tensor, Tensor>
{
    readonly Parameter weight, bias;
    readonly MatrixPrecision compute;
    readonly double factor;

    public TangentDense(int inputs, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(TangentDense))
    {
        this.compute = compute;
        factor = 1 / Math.Sqrt(inputs);
        weight = nn.Parameter(empty(inputs, outputs).normal_(0, 1, random.Host));
        bias = nn.Parameter(zeros(outputs));
        RegisterComponents();
    }

    /// <summary>Scales each output to deviation 1 on these rows, and centres it on a random mix of five of them ("std" and "he+5").</summary>
    /// <param name="x">(rows, inputs) what the layer will be given.</param>
    public void Fit(Tensor x, Randomness random)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var said = x.matmul(weight) * factor;                                                       // (rows, outputs)
        var deviation = said.std(0, unbiased: false);
        weight.div_(deviation.where(deviation > 1e-6, ones_like(deviation)));
        said = x.matmul(weight) * factor;
        var (rows, outputs) = (said.shape[0], said.shape[1]);
        var chosen = (rand(5, outputs, generator: random.Host) * rows).floor().clamp(0, rows - 1).to(ScalarType.Int64).to(x.device);
        var shares = -rand(5, outputs, generator: random.Host).clamp(1e-6, 1).log();
        shares = (shares / shares.sum([0], keepdim: true)).to(x.device);                              // uniform over mixes
        bias.copy_(-(said.gather(0, chosen) * shares).sum([0]));
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return addmm(compute.Cast(bias), compute.Cast(x * factor), compute.Cast(weight), 1, 1).MoveToOuterDisposeScope();
    }
}
