using System.Reflection;
using System.Runtime.InteropServices;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Native;

/// <summary>Looks for libtorch where a build, a publish or an environment variable may have put it.</summary>
/// <param name="Libtorch">The folder that holds libtorch.</param>
/// <param name="Libraries">Full paths in the order in which they must be loaded.</param>
/// <param name="TorchSharp">Full path of TorchSharp's native library.</param>
public sealed record LibtorchFolders(string Libtorch, IReadOnlyList<string> Libraries, string TorchSharp)
{
    /// <param name="program">The program's own folder.</param>
    /// <param name="named">The folder named by the environment; null or empty when none is.</param>
    /// <exception cref="InputException">Nothing usable was found.</exception>
    public static LibtorchFolders Find(string program, string? named)
    {
        if (RuntimeInformation.ProcessArchitecture is Architecture.X86 or Architecture.Arm)
            throw new InputException("Networks need a 64-bit process; run this program with the 64-bit .NET.");
        if (!string.IsNullOrEmpty(named) && !File.Exists(Path.Combine(named, Core)))
            throw new InputException($"{Native.Libtorch.Variable} is '{named}', but there is no {Core} in it. Name the folder that holds it (of a Python installation: torch/lib), or unset the variable.");

        var published = Path.Combine(program, "libtorch");
        var copied = Path.Combine(program, "runtimes", Rid, "native");
        string?[] folders = !string.IsNullOrEmpty(named) ? [named] : [published, copied, program, Metadata("LibtorchNatives")];
        var libtorch = folders.FirstOrDefault(f => f is not null && File.Exists(Path.Combine(f, Core)))
            ?? throw new InputException(
                $"libtorch was not found: no {Core} in {string.Join(", ", folders.Where(f => f is not null).Distinct())}. " +
                $"Restore and build on this machine (dotnet build), publish (dotnet publish copies it), or set {Native.Libtorch.Variable} to a folder that holds libtorch 2.10.");
        string?[] beside = [published, copied, program, Metadata("TorchSharpNatives"), libtorch];
        var torchSharp = beside.Where(f => f is not null).Select(f => Path.Combine(f!, Bridge)).FirstOrDefault(File.Exists)
            ?? throw new InputException($"TorchSharp's native library {Bridge} was not found in {string.Join(", ", beside.Where(f => f is not null).Distinct())}. Build on this machine, or publish.");
        return new(libtorch, [.. Order.SelectMany(pattern => Directory.GetFiles(libtorch, pattern).Order(StringComparer.Ordinal).Take(1))], torchSharp);
    }

    /// <returns>What the build wrote down under this name; null: nothing.</returns>
    internal static string? Metadata(string key) =>
        typeof(LibtorchFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;

    static string Rid => OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";

    static string Core => OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    static string Bridge => OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";

    // Patterns, because builds name their OpenMP differently; what a build lacks (CUDA) is passed over.
    static string[] Order =>
        OperatingSystem.IsWindows() ? ["libiomp5md.dll", "uv.dll", "c10.dll", "c10_cuda.dll", "torch_cpu.dll", "torch_cuda.dll", "torch.dll"] :
        OperatingSystem.IsMacOS() ? ["libomp*.dylib", "libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"] :
        ["libgomp-*.so*", "libtorch_global_deps.so", "libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"];
}
