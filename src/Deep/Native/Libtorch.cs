using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using TorchSharp;

namespace Kaggle.Deep.Native;

/// <summary>Loads libtorch, once, when the first network needs it and not before: loading takes 0.3 s warm and 3 s cold.</summary>
/// <remarks>
/// Learners and loops call <see cref="Load"/> first, so that a missing library is a sentence. Code that uses TorchSharp
/// directly is served too: TorchSharp's own search by name ends in <see cref="Resolve"/>.
/// </remarks>
public static class Libtorch
{
    static readonly Lock once = new(), making = new();
    static nint torchSharp;
    static bool ready;

    /// <summary>Names a folder with an existing libtorch, such as torch/lib of a Python installation of the same version.</summary>
    public const string Variable = "KAGGLE_LIBTORCH";

    /// <summary>Set to 1, libtorch works as it comes: without this project's way of waiting, of keeping freed memory, and of choosing MKL's kernels. To see what they bring.</summary>
    public const string PlainVariable = "KAGGLE_LIBTORCH_PLAIN";

    /// <summary>Whether libtorch is in this process.</summary>
    public static bool IsLoaded => Volatile.Read(ref torchSharp) != 0;

    /// <summary>Where it was loaded from; null before <see cref="Load"/>.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Makes TorchSharp usable; a second call costs nothing.</summary>
    /// <exception cref="InputException">No usable libtorch was found; the sentence says where it was looked for.</exception>
    public static void Load()
    {
        if (Volatile.Read(ref ready)) return;
        // Not the lock of the libraries: who uses TorchSharp directly waits for that one inside TorchSharp's own start, which is waited for here.
        lock (making)
        {
            if (ready) return;
            LoadLibraries();
            torch.InitializeDeviceType(DeviceType.CPU);
            ProcessorCaches.Tell();
            Volatile.Write(ref ready, true);
        }
    }

    /// <summary>Whether there is a CUDA device and a libtorch that can use it.</summary>
    public static bool HasCuda
    {
        get
        {
            Load();
            return torch.cuda.is_available();
        }
    }

    static void LoadLibraries()
    {
        lock (once)
        {
            if (IsLoaded) return;
            var found = LibtorchFolders.Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(Variable));
            var plain = Environment.GetEnvironmentVariable(PlainVariable) is "1";
            if (!plain)
            {
                OpenMpWaiting.Shorten();
                FreedMemory.Keep();
            }
            // libtorch's own libraries name each other without a path: each must be in the process before the next asks.
            var loaded = found.Libraries.ToDictionary(library => Path.GetFileName(library), LoadOne);
            if (loaded.TryGetValue(LibtorchMemory.Library, out var kernels))
            {
                if (!plain) MklInstructions.Widen(kernels);
                NnPack.Avoid(kernels);
            }
            var handle = LoadTorchSharp(found.TorchSharp);
            OpenMpTeam.Find(found.Libraries);
            Folder = found.Libtorch;
            Volatile.Write(ref torchSharp, handle);
            ScalarRelease.Defer(handle);
        }
    }

    static nint LoadTorchSharp(string library)
    {
        try
        {
            return NativeLibrary.Load(library);
        }
        catch (DllNotFoundException missing) when (missing.Message.Contains(OlderLibstdcxx.Version))
        {
            return LoadOne(OlderLibstdcxx.Accepting(library, OlderLibstdcxx.UserCache()));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Unloadable(library, e);
        }
    }

    static nint LoadOne(string library)
    {
        try
        {
            return NativeLibrary.Load(library);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Unloadable(library, e);
        }
    }

    static InputException Unloadable(string library, Exception cause) =>
        new($"The native library {library} does not load: {cause.Message} Restore the packages again, or set {Variable} to a folder that holds libtorch 2.10.", cause);

    [ModuleInitializer, SuppressMessage("Usage", "CA2255", Justification = "The only hook before TorchSharp's own search; it loads nothing itself.")]
    internal static void Hook() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Resolve(name);

    static nint Resolve(string name)
    {
        if (name is not "LibTorchSharp") return 0;
        LoadLibraries();
        return torchSharp;
    }
}
