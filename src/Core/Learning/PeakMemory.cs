namespace Kaggle.Core.Learning;

/// <summary>The most memory this process has held at once.</summary>
public static class PeakMemory
{
    /// <summary>Megabytes (2^20 bytes) of resident memory.</summary>
    public static double Mb
    {
        get
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.PeakWorkingSet64 / 1048576.0;
        }
    }
}
