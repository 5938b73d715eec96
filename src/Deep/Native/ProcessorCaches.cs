using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Native;

/// <summary>Tells oneDNN, libtorch's library of convolutions, how large the processor's caches are, where a virtual machine hides it.</summary>
/// <remarks>
/// oneDNN 3.7 asks an AMD processor by one way only (CPUID leaf 0x8000001D). Virtual machines that answer it with zeros have caches of one byte
/// for it: convolutions of 1 × 1 then end the process by a division by zero, and weights in padded blocks lose their last ones without a word,
/// so that an LSTM that learnt well predicts at random (github.com/uxlfoundation/oneDNN/issues/5313 tells of the same on other processors). The
/// processor's older leaves still say the sizes. oneDNN keeps what it found in a table of its own; it is looked for by its value, which no
/// processor has, so nothing is written where all is well.
/// </remarks>
static unsafe class ProcessorCaches
{
    const string Instructions = "ONEDNN_MAX_CPU_ISA";                                         // oneDNN's own variable
    const uint Older = 0x8000_0005, OlderAndLarger = 0x8000_0006, ByLevel = 0x8000_001D;      // AMD64 Architecture Programmer's Manual, volume 3, appendix E.4
    const int Levels = 3, Room = 10;                                                          // of the caches, and of oneDNN's table

    /// <summary>Whether a processor that has the leaf leaves it empty. Without AVX-512 oneDNN takes other ways, which need no caches.</summary>
    public static bool AreHidden =>
        OperatingSystem.IsLinux() && AmdProcessor.IsHere && (uint)AmdProcessor.Leaf(0x8000_0000).Eax >= ByLevel && (AmdProcessor.Leaf(ByLevel).Eax & 31) == 0;

    /// <summary>Does nothing where the caches are known.</summary>
    /// <exception cref="InputException">oneDNN's table is not found: its results could not be trusted.</exception>
    public static void Tell()
    {
        if (!AreHidden || Environment.GetEnvironmentVariable(Instructions) is not null) return;
        using (NewDisposeScope())
        {
            var any = ones([64, 64], bfloat16);
            any.mm(any);                                                   // oneDNN fills its table when it is first used
        }
        var table = Table();
        if (table is null)
            throw new InputException($"This machine hides its processor's caches, and oneDNN's own table of them was not found: convolutions could be wrong without a word. Set {Instructions}=AVX2 and start again; that is slower.");
        int[] sizes = Sizes();
        for (var level = 0; level < Levels; level++) Volatile.Write(ref table[level], sizes[level]);
    }

    /// <returns>A core's share of each level's cache, in bytes.</returns>
    static int[] Sizes()
    {
        // The third as oneDNN guesses where it knows nothing: how many cores share it is hidden too.
        return [Told((AmdProcessor.Leaf(Older).Ecx >>> 24) << 10, 32 << 10), Told((AmdProcessor.Leaf(OlderAndLarger).Ecx >>> 16) << 10, 512 << 10), 1 << 20];

        static int Told(int bytes, int otherwise) => bytes >= 8 << 10 ? bytes : otherwise;
    }

    // Sizes of 1 byte, shared by 1 core, of 3 levels. Compared in two steps: an array with all of it could lie beside the library's memory and be found itself.
    static int* Table()
    {
        ReadOnlySpan<int> ones = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
        int* found = null;
        foreach (var (start, end) in LibtorchMemory.Writable())
        {
            var words = new ReadOnlySpan<int>((void*)start, (int)Math.Min(int.MaxValue, (end - start) / sizeof(int)));
            for (int at = 0, next; (next = words[at..].IndexOf(ones)) >= 0; at += next + 1)
            {
                var rest = words[(at + next + Room)..];
                if (rest.Length <= Room || !rest[..Room].SequenceEqual(ones) || rest[Room] != Levels) continue;
                if (found is not null) return null;                        // two alike: neither is known to be it
                found = (int*)start + at + next;
            }
        }
        return found;
    }
}
