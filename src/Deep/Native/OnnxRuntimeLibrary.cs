using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Kaggle.Deep.Native;

/// <summary>Finds ONNX Runtime's library in the package's folder, from which a build does not copy it; beside a published program .NET finds it itself.</summary>
static class OnnxRuntimeLibrary
{
    static int asked;

    /// <summary>To be called before ONNX Runtime is used.</summary>
    public static void Find()
    {
        if (Interlocked.Exchange(ref asked, 1) == 0) AssemblyLoadContext.Default.ResolvingUnmanagedDll += Load;
    }

    static nint Load(Assembly asking, string name)
    {
        if (!name.Contains("onnxruntime", StringComparison.Ordinal)) return 0;
        var file = OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";
        return LibtorchFolders.Metadata("OnnxRuntimeNatives") is { } folder && NativeLibrary.TryLoad(Path.Combine(folder, file), out var library) ? library : 0;
    }
}
