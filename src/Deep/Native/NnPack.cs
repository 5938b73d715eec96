using System.Runtime.InteropServices;

namespace Kaggle.Deep.Native;

/// <summary>Keeps libtorch from asking NNPACK, one of its libraries of convolutions, where that one does not know the machine.</summary>
/// <remarks>It looks for caches that a virtual machine hides, and libtorch then writes a warning of it between the lines of every run with pictures.</remarks>
static unsafe class NnPack
{
    // at::globalContext() and at::Context::setUserEnabledNNPACK(bool)
    const string Context = "_ZN2at13globalContextEv", Enable = "_ZN2at7Context20setUserEnabledNNPACKEb";

    /// <param name="kernels">The handle of libtorch's library of kernels.</param>
    public static void Avoid(nint kernels)
    {
        if (!ProcessorCaches.AreHidden || !NativeLibrary.TryGetExport(kernels, Context, out var context) || !NativeLibrary.TryGetExport(kernels, Enable, out var enable)) return;
        ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0);
    }
}
