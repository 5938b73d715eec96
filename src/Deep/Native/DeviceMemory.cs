using System.Runtime.InteropServices;

namespace Kaggle.Deep.Native;

/// <summary>What libtorch says when memory runs out: TorchSharp gives every native error one type, so only the message tells.</summary>
public static class DeviceMemory
{
    /// <summary>Whether the error is a lack of memory, of a GPU's or the processor's.</summary>
    public static bool IsOutOfMemory(this ExternalException error) =>
        error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase);
}
