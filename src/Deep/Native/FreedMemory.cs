using System.Runtime.InteropServices;

namespace Kaggle.Deep.Native;

/// <summary>Lets the C library keep the memory that tensors free, for the next tensors.</summary>
/// <remarks>
/// glibc gives blocks above 32 MB back to the system at once, and takes them anew: a batch of 64 pictures of 224 is 38 MB, and each step then
/// waits for thousands of fresh, zeroed pages. Augmentation alone is 1.4 times as fast where blocks are kept (docs/benchmarks.md).
/// Threads but the first have heaps of 64 MB each, and give a whole one back as soon as it is empty, unless the heap before it has less room than
/// the padding: with a padding of two heaps, never. Until it is touched the padding is addresses, not memory.
/// </remarks>
static partial class FreedMemory
{
    const int TrimThreshold = -1, Padding = -2, MapThreshold = -3;                     // malloc.h
    const int LargestKept = 256 << 20, MostKept = 512 << 20, TwoHeaps = 128 << 20;      // bytes

    /// <summary>From now on; nothing where there is no glibc.</summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = mallopt(MapThreshold, LargestKept);
            _ = mallopt(TrimThreshold, MostKept);
            _ = mallopt(Padding, TwoHeaps);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: its own way with memory stays.
        }
    }

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);
}
