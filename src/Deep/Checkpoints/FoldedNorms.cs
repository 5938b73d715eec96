using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Batch norms that were folded into the convolution before them, as exporters for inference do: a bias stands where a norm was.</summary>
public static class FoldedNorms
{
    /// <summary>Gives each norm that the checkpoint lacks values with which it only adds the folded bias: scale 1, mean 0, variance 1 - ε.</summary>
    /// <remarks>
    /// Right for predictions only: the statistics of the training are gone, so a norm that computes them anew would undo the folded scale.
    /// Keep such norms fixed in training (<see cref="Find"/> tells), or measure statistics anew.
    /// </remarks>
    /// <param name="network">Each batch norm follows the convolution that it belongs to in the order of its modules.</param>
    /// <param name="checkpoint">Named as the network; changed.</param>
    /// <returns>How many were unfolded; 0: none had been folded.</returns>
    public static int Unfold(nn.Module network, StateDict checkpoint)
    {
        using var scope = NewDisposeScope();
        var pairs = Find(network, checkpoint).ToList();
        foreach (var (convolution, norm, epsilon) in pairs)
        {
            var shift = checkpoint[convolution + ".bias"].clone();
            checkpoint.Remove(convolution + ".bias");
            checkpoint.Put(norm + ".weight", ones_like(shift));
            checkpoint.Put(norm + ".running_mean", zeros_like(shift));
            checkpoint.Put(norm + ".running_var", full_like(shift, 1 - epsilon));
            checkpoint.Put(norm + ".bias", shift);
        }
        return pairs.Count;
    }

    /// <summary>Takes the biases of convolutions, where the network's have none, into the norms that follow: a norm's mean less the bias is the same.</summary>
    /// <param name="network">As for <see cref="Unfold"/>.</param>
    /// <param name="checkpoint">Named as the network, its norms included; changed.</param>
    public static void TakeInBiases(nn.Module network, StateDict checkpoint)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var own = network.state_dict();
        var before = "";
        foreach (var (name, module) in network.DepthFirst())
        {
            if (module is Conv) before = name;
            if (module is not BatchNorm2d) continue;
            var (bias, mean) = (before + ".bias", name + ".running_mean");
            if (checkpoint.Contains(bias) && checkpoint.Contains(mean) && !own.ContainsKey(bias))
            {
                checkpoint.Put(mean, checkpoint[mean] - checkpoint[bias]);
                checkpoint.Remove(bias);
            }
            before = "";
        }
    }

    /// <returns>Convolutions that carry the bias of a norm that the checkpoint lacks.</returns>
    public static IEnumerable<(string Convolution, string Norm, double Epsilon)> Find(nn.Module network, StateDict checkpoint)
    {
        var before = "";
        foreach (var (name, module) in network.DepthFirst())
        {
            if (module is Conv) before = name;
            if (module is not BatchNorm2d norm) continue;
            if (!checkpoint.Contains(name + ".weight") && checkpoint.Contains(before + ".bias")) yield return (before, name, norm.eps);
            before = "";
        }
    }
}
