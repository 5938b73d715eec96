using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Weights between a file and a network, by name.</summary>
public static class NetworkWeights
{
    /// <param name="network">Its parameters and buffers are overwritten.</param>
    /// <param name="file">As <see cref="Safetensors.Write"/> wrote it from such a network.</param>
    /// <exception cref="InputException">Names or shapes differ: both sides are listed.</exception>
    public static void Into(nn.Module network, string file)
    {
        using var stored = new StateDict(file, Safetensors.Read(file, out var metadata), metadata);
        stored.CopyInto(network);
    }
}
