using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Kaggle.Deep.Native;

/// <summary>Frees TorchSharp's native scalars a second after their owners let go of them, when no native call can still be reading them.</summary>
/// <remarks>
/// TorchSharp 0.107 makes a native scalar of each plain number, of the 1 in a + b too, and hands its address on without keeping the managed
/// owner alive. The collector then takes the owner for dead while the call still reads, and its finalizer frees the scalar: on busy cores a
/// training of a hundred thousand steps ended in "Unknown scalar type", or went on with another number.
/// <para>
/// Neither the call nor the finalizer is ours, and the runtime promises no order among finalizers. What can be changed is the native function
/// that both <c>Dispose</c> and the finalizer call: once bound, its address lies in the descriptor that the runtime keeps of the imported
/// method, and there it is exchanged for the address of <see cref="Later"/>. It is looked for by its value, so nothing is written where a
/// runtime keeps it elsewhere.
/// </para>
/// </remarks>
static unsafe class ScalarRelease
{
    const string Function = "THSTorch_dispose_scalar";
    const int Descriptor = 16;  // words searched; CoreCLR's descriptors of imported methods have fewer

    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);  // far longer than a call waits for a busy core and reads its arguments
    static readonly Queue<(nint Scalar, long At)> waiting = new();
    static delegate* unmanaged<nint, void> free;

    /// <summary>Scalars let go of and not yet freed.</summary>
    public static int Waiting
    {
        get
        {
            lock (waiting) return waiting.Count;
        }
    }

    /// <summary>From now on scalars are freed late; false where the runtime does not keep the function's address where it is looked for.</summary>
    /// <param name="torchSharp">The loaded LibTorchSharp.</param>
    public static bool Defer(nint torchSharp)
    {
        if (free is not null) return true;
        if (!NativeLibrary.TryGetExport(torchSharp, Function, out var address) || Import() is not { } import) return false;
        Marshal.Prelink(import);
        var words = new Span<nint>((void*)import.MethodHandle.Value, Descriptor);
        var at = words.IndexOf(address);
        if (at < 0) return false;
        free = (delegate* unmanaged<nint, void>)address;
        Volatile.Write(ref words[at], (nint)(delegate* unmanaged<nint, void>)&Later);
        return true;
    }

    static MethodInfo? Import() =>
        typeof(Scalar).Assembly.GetType("TorchSharp.PInvoke.NativeMethods")?.GetMethod(Function, BindingFlags.Static | BindingFlags.NonPublic);

    [UnmanagedCallersOnly]
    static void Later(nint scalar)
    {
        lock (waiting)
        {
            waiting.Enqueue((scalar, Stopwatch.GetTimestamp()));
            while (waiting.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.At) > Grace) free(waiting.Dequeue().Scalar);
        }
    }
}
