using System.Runtime.InteropServices;

namespace Kaggle.Core.Learning;

/// <summary>How long the native libraries' threads wait for each other before they sleep.</summary>
/// <remarks>
/// LightGBM's and libtorch's threads meet many times in a millisecond. OpenMP's own default has them wait in a busy loop of milliseconds, which
/// beside other programs makes a training twenty times slower; asleep at once they wake too late, which on quiet cores makes it four times slower.
/// Ten thousand turns, a small part of a millisecond, cover the usual wait and cost little when the other thread has lost its core; with a thousand
/// networks trained a quarter slower where waking a thread is dear, as in virtual machines (docs/benchmarks.md). The active policy is said too
/// because without it libgomp waits only a hundred turns as soon as a second thread of the process has a team of its own.
/// </remarks>
public static partial class OpenMpWaiting
{
    const string Turns = "GOMP_SPINCOUNT", Policy = "OMP_WAIT_POLICY";

    /// <summary>To be called before a library that brings OpenMP is loaded: it reads these once. What the user has set is kept.</summary>
    public static void Shorten()
    {
        // .NET's own environment variables do not reach the C library.
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Turns) is not null || Environment.GetEnvironmentVariable(Policy) is not null) return;
        _ = SetEnvironment(Turns, "10000", overwrite: 0);
        _ = SetEnvironment(Policy, "active", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
