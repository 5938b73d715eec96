using System.Runtime.InteropServices;

namespace Kaggle.Deep.Native;

/// <summary>Lets MKL, libtorch's library of float32 matrix products, use AVX-512 on AMD's processors that have it.</summary>
/// <remarks>
/// MKL takes its AVX2 kernels where the processor's maker is not Intel, whatever the processor can do: on a Zen 5 that is half the speed, at every
/// size (docs/benchmarks.md). It asks for the maker once and keeps the answer; the function that gives the answer is exported and begins by reading
/// it, so that its place is known. The answer is given before the question is asked: four bytes of data, no code. Where anything is not as
/// expected, nothing is written and MKL stays as it comes. MKL's own variable MKL_ENABLE_INSTRUCTIONS=AVX2 still holds it back.
/// </remarks>
static unsafe class MklInstructions
{
    const string IsIntel = "mkl_serv_intel_cpu_true";
    const int NotAsked = -1, Yes = 1;

    /// <summary>From its first product on; later it is too late.</summary>
    /// <param name="kernels">The handle of libtorch's library of kernels, which holds MKL.</param>
    public static void Widen(nint kernels)
    {
        if (AmdProcessor.IsHere && NativeLibrary.TryGetExport(kernels, IsIntel, out var function) && Answer(function) is var answer and not null)
            _ = Interlocked.CompareExchange(ref *answer, Yes, NotAsked);
    }

    /// <returns>Where the function reads its answer; null where it does not begin as known.</returns>
    static int* Answer(nint function)
    {
        // mov eax, [rip + offset]; test eax, eax; js
        const int MovLength = 6;
        var code = new ReadOnlySpan<byte>((void*)function, MovLength + 3);
        if (code is not [0x8B, 0x05, _, _, _, _, 0x85, 0xC0, 0x78]) return null;
        var place = function + MovLength + MemoryMarshal.Read<int>(code[2..]);
        return LibtorchMemory.Writable().Any(m => m.Start <= place && place + sizeof(int) <= m.End) ? (int*)place : null;
    }
}
