using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Skips steps whose gradients are not finite; for float16, multiplies the loss so that small gradients do not vanish, as far as they stay finite.</summary>
/// <remarks>PyTorch's GradScaler: from 65536, halved after a step that was skipped, doubled after 2,000 that were not.</remarks>
public sealed class LossScale : IDisposable
{
    readonly Tensor scale, sinceSkipped, found;
    readonly bool scales;

    LossScale(double start, Device device, bool scales)
    {
        this.scales = scales;
        scale = full([1], start, float32, device).DetachFromDisposeScope();
        sinceSkipped = zeros([1], int32, device).DetachFromDisposeScope();
        found = zeros([1], float32, device).DetachFromDisposeScope();
    }

    /// <summary>For float16.</summary>
    public static LossScale Dynamic(Device device, double start = 65536) => new(Require.Positive(start), device, true);

    /// <summary>For any precision: the loss stays as it is, and steps that are not finite are skipped.</summary>
    public static LossScale SkippingOnly(Device device) => new(1, device, false);

    /// <summary>(1) what the loss is multiplied by before going backward.</summary>
    public Tensor Factor => scale;

    public int Skipped { get; private set; }

    /// <summary>Skipped since the last step that was not.</summary>
    public int SkippedInARow { get; private set; }

    public IEnumerable<(string Name, Tensor Value)> State => [("scale", scale), ("since", sinceSkipped)];

    /// <returns>Whether the gradients, now unscaled, are finite.</returns>
    internal bool Unscale(jit.CompilationUnit scripts, Tensor[] gradients)
    {
        found.zero_();
        scripts.Call("unscale", [gradients, found, scale]);
        var finite = found.item<float>() == 0;
        if (scales) scripts.Call("rescale", [scale, sinceSkipped, found]);
        SkippedInARow = finite ? 0 : SkippedInARow + 1;
        if (!finite) Skipped++;
        return finite;
    }

    public void Dispose()
    {
        scale.Dispose();
        sinceSkipped.Dispose();
        found.Dispose();
    }
}
