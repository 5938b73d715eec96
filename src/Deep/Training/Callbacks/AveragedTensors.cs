using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>What of a network's state means of weights are taken of: parameters and buffers of numbers, but for those that hold infinities, as the outermost bins do.</summary>
static class AveragedTensors
{
    public static Tensor[] Of(Loop loop)
    {
        using var scope = NewDisposeScope();
        return [.. loop.Network.state_dict().Values.Where(t => t.is_floating_point() && t.isfinite().all().item<bool>())];
    }
}
