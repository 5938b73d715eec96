using System.Globalization;

namespace Kaggle.Deep.Native;

/// <summary>Where libtorch keeps what it remembers.</summary>
static class LibtorchMemory
{
    /// <summary>The file that holds its kernels, and the libraries they call.</summary>
    public const string Library = "libtorch_cpu.so";

    /// <returns>The library's own memory that can be written to: its data, and what follows that without a name. Nothing where the system does not list it.</returns>
    public static IEnumerable<(nint Start, nint End)> Writable()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        var before = "";
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var name = parts.Length > 5 ? Path.GetFileName(parts[5]) : "";
            var own = name == Library || (name == "" && before == Library);
            before = name;
            if (!own || !parts[1].StartsWith("rw", StringComparison.Ordinal)) continue;
            var bounds = Array.ConvertAll(parts[0].Split('-'), hex => nint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            yield return (bounds[0], bounds[1]);
        }
    }
}
