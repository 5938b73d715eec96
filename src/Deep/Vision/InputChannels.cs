using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>Brings weights for colours to pictures of another number of channels.</summary>
/// <remarks>
/// As fastai (vision/learner.py): grey sees the sum of the three kernels, two channels see the first two at one and a half,
/// channels after the third start at zero.
/// </remarks>
static class InputChannels
{
    /// <param name="network">Its first convolution says how many channels there are.</param>
    /// <param name="checkpoint">Named as the network; changed.</param>
    /// <exception cref="InputException">The checkpoint is for other pictures than those of three colours.</exception>
    public static void Fit(nn.Module network, StateDict checkpoint)
    {
        var name = network.DepthFirst().First(m => m.Module is Conv).Name + ".weight";
        if (!checkpoint.Contains(name)) return;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (stored, channels) = (checkpoint[name], network.state_dict()[name].shape[1]);
        if (stored.dim() != 4 || stored.shape[1] == channels) return;
        if (stored.shape[1] != 3) throw new InputException($"{checkpoint.Source} was made for pictures of {stored.shape[1]} channels and cannot be brought to {channels}.");
        checkpoint.Put(name, channels switch
        {
            1 => stored.sum(1, keepdim: true),
            2 => stored.narrow(1, 0, 2) * 1.5,
            _ => cat([stored, zeros(stored.shape[0], channels - 3, stored.shape[2], stored.shape[3])], 1),
        });
    }
}
