using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>What lies beyond a picture's edges: always zeros, but not always the same number on both sides.</summary>
public enum PaddingRule
{
    /// <summary>As many on each side, as in PyTorch.</summary>
    Symmetric,

    /// <summary>TensorFlow's SAME: as many as the output's size asks for; an odd one goes to the bottom and the right.</summary>
    TensorFlow,
}

/// <summary>A 2D convolution with a square kernel.</summary>
/// <remarks>
/// (batch, inputs, height, width) → (batch, outputs, ⌈height / stride⌉, ⌈width / stride⌉) with the padding left to itself and an odd kernel.
/// Maps come out with channels last. Weights start normal with variance 2 / (outputs · kernel² / groups): He and others, arXiv 1502.01852, counted at the output.
/// </remarks>
public sealed class Conv : nn.Module<Tensor, Tensor>
{
    readonly Parameter weight;
    readonly Parameter? bias;
    readonly MatrixPrecision compute;
    readonly long kernel, stride, padding, groups;
    readonly bool fits;

    /// <param name="padding">Zeros on each side; null: half the kernel, so that stride 1 keeps the size.</param>
    /// <param name="groups">Parts of the channels that do not see each other; as many as there are inputs: depthwise.</param>
    /// <param name="deviation">Of the initial weights; null: as above.</param>
    public Conv(int inputs, int outputs, int kernel, Randomness random, MatrixPrecision compute, int stride = 1, int? padding = null, int groups = 1, bool hasBias = false, PaddingRule rule = PaddingRule.Symmetric, double? deviation = null) : base(nameof(Conv))
    {
        this.compute = compute;
        (this.kernel, this.stride, this.padding, this.groups) = (kernel, stride, padding ?? kernel / 2, groups);
        fits = rule == PaddingRule.TensorFlow && stride > 1;              // at stride 1 both are the same
        var spread = deviation ?? Math.Sqrt(2.0 * groups / ((double)outputs * kernel * kernel));
        weight = nn.Parameter(empty(outputs, inputs / groups, kernel, kernel).normal_(0, spread, random.Host));
        if (hasBias) bias = nn.Parameter(zeros(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (w, b) = (compute.Cast(weight), bias is null ? null : compute.Cast(bias));
        x = ChannelsLast.Of(compute.Cast(x));
        if (!fits) return nn.functional.conv2d(x, w, b, [stride, stride], [padding, padding], [1, 1], groups);
        var (rows, columns) = (Missing(x.shape[2]), Missing(x.shape[3]));
        using var padded = nn.functional.pad(x, [columns / 2, columns - columns / 2, rows / 2, rows - rows / 2]);
        return nn.functional.conv2d(padded, w, b, [stride, stride], [0, 0], [1, 1], groups);
    }

    long Missing(long size) => Math.Max(0, ((size + stride - 1) / stride - 1) * stride + kernel - size);
}
