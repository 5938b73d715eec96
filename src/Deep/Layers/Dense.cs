using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>y = x Wᵀ + b.</summary>
/// <remarks>(…, inputs) → (…, outputs). Weights start uniform within ±√(gain / inputs), as PyTorch's Linear with gain 1.</remarks>
public sealed class Dense : nn.Module<Tensor, Tensor>
{
    readonly Parameter weight;
    readonly Parameter? bias;
    readonly MatrixPrecision compute;

    public Dense(int inputs, int outputs, Randomness random, MatrixPrecision compute, bool hasBias = true, double gain = 1, bool startsUnbiased = false) : base(nameof(Dense))
    {
        this.compute = compute;
        var bound = Math.Sqrt(gain / inputs);
        weight = nn.Parameter(empty(outputs, inputs).uniform_(-bound, bound, random.Host));
        if (hasBias) bias = nn.Parameter(startsUnbiased ? zeros(outputs) : empty(outputs).uniform_(-1 / Math.Sqrt(inputs), 1 / Math.Sqrt(inputs), random.Host));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) =>
        nn.functional.linear(compute.Cast(x), compute.Cast(weight), bias is null ? null : compute.Cast(bias));

    /// <returns>max(x Wᵀ + b, 0) with dropout.</returns>
    public Tensor Rectified(Tensor x, Dropout dropout)
    {
        x = compute.Cast(x);
        return training && bias is not null && x.LieOnHost() ? RectifiedDense.Of(x, compute.Cast(weight), bias, dropout) : dropout.Rectified(forward(x));
    }
}
