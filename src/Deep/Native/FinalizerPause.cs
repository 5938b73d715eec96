using System.Diagnostics;

namespace Kaggle.Deep.Native;

/// <summary>Holds finalizers back until native calls that were under way at a collection have read their numbers.</summary>
/// <remarks>
/// TorchSharp 0.107 makes a native scalar of each plain number, of the 1 in a + b too, and hands its address on without keeping the managed
/// owner alive. The collector then takes the owner for dead while the call still reads, and its finalizer frees the scalar: on busy cores a
/// training of a hundred thousand steps ended in "Unknown scalar type", or went on with another number. What is allocated first is finalized
/// first within a generation, so this object, made right after the last pause, sleeps in its finalizer before those scalars get theirs.
/// </remarks>
sealed class FinalizerPause
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);  // far longer than a call waits for a busy core and reads its arguments
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);      // finalizers must come to run also where collections never end

    FinalizerPause() { }

    ~FinalizerPause()
    {
        if (Environment.HasShutdownStarted) return;
        var all = Stopwatch.StartNew();
        var quiet = Stopwatch.StartNew();
        for (var seen = GC.CollectionCount(0); quiet.Elapsed < Quiet && all.Elapsed < Longest; Thread.Sleep(5))
            if (GC.CollectionCount(0) is var now && now != seen)
            {
                seen = now;
                quiet.Restart();
            }
        Begin();
    }

    /// <summary>From now on every collection is followed by a pause.</summary>
    public static void Begin() => _ = new FinalizerPause();
}
