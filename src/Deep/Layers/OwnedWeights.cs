using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Who frees a network's weights.</summary>
static class OwnedWeights
{
    /// <summary>Takes the weights out of the scope that made them: the network owns them from here, and is ready to predict.</summary>
    public static T OwningItsWeights<T>(this T network) where T : nn.Module
    {
        foreach (var tensor in network.parameters().Concat(network.buffers())) tensor.DetachFromDisposeScope();
        network.eval();
        return network;
    }
}
