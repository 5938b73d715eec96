using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Kaggle.Deep.Native;

/// <summary>The threads that libtorch keeps for its own kernels, lent to ours.</summary>
/// <remarks>
/// Threads of our own would take the cores from libtorch's, which wait for their next kernel in a busy loop; and libtorch's are awake already, so
/// that work of some microseconds is worth sharing. GCC's OpenMP takes a function and calls it once in each of its threads (libgomp's GOMP_parallel,
/// which the compiler writes for <c>#pragma omp parallel</c>). Where there is another OpenMP, or none, the caller's thread does it all.
/// </remarks>
static unsafe class OpenMpTeam
{
    const string Function = "GOMP_parallel", Number = "omp_get_thread_num";

    static delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void> parallel;
    static delegate* unmanaged<int> number;

    /// <summary>Looks for the library among those that came with libtorch.</summary>
    /// <param name="libraries">Paths of loaded libraries.</param>
    public static void Find(IEnumerable<string> libraries)
    {
        foreach (var library in libraries.Where(l => Path.GetFileName(l).StartsWith("libgomp", StringComparison.Ordinal)))
            if (NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, Function, out var run) && NativeLibrary.TryGetExport(handle, Number, out var which))
            {
                number = (delegate* unmanaged<int>)which;
                parallel = (delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void>)run;
            }
    }

    /// <summary>Does all parts of some work, on as many threads as libtorch may use at the moment; returns when all are done.</summary>
    /// <param name="parts">How many.</param>
    /// <param name="part">Does one, given its number; in any order, several at once.</param>
    public static void Share(int parts, Action<int> part)
    {
        var threads = parallel is null || parts == 1 ? 1 : Math.Min(parts, torch.get_num_threads());
        if (threads <= 1)
        {
            for (var i = 0; i < parts; i++) part(i);
            return;
        }
        var shared = new SharedParts(parts, threads, part);
        var handle = GCHandle.Alloc(shared);
        try
        {
            parallel(&Join, (void*)GCHandle.ToIntPtr(handle), (uint)threads, 0);
        }
        finally
        {
            handle.Free();
        }
        shared.Failure?.Throw();
    }

    [UnmanagedCallersOnly]
    static void Join(void* handle) => ((SharedParts)GCHandle.FromIntPtr((nint)handle).Target!).Join();

    /// <summary>Each thread begins where its share begins, since libtorch's kernels left those rows in its cache, and helps the others when it is done.</summary>
    sealed class SharedParts(int parts, int threads, Action<int> part)
    {
        readonly int[] taken = new int[parts];

        /// <summary>What a part threw: no exception may cross a native frame.</summary>
        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Join()
        {
            try
            {
                var first = number();
                for (var i = 0; i < parts; i++)
                {
                    var next = ((first * parts / threads) + i) % parts;
                    if (Interlocked.Exchange(ref taken[next], 1) == 0) part(next);
                }
            }
            catch (Exception e)
            {
                Failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
