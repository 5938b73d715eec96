using System.Security.Cryptography;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Native;

/// <summary>Makes TorchSharp's native library acceptable to systems whose libstdc++ is older than GCC 13's (Debian 12, Ubuntu 22.04).</summary>
/// <remarks>
/// The library asks for <see cref="Version"/> because of one symbol, <see cref="Symbol"/>, that nothing in it calls: the symbol has
/// no relocation. Marking that one version as weak in a copy lets the loader accept a libstdc++ without it. The library itself is
/// never changed, and a library in which the version means anything else is refused.
/// </remarks>
public static class OlderLibstdcxx
{
    public const string Version = "GLIBCXX_3.4.32";
    public const string Symbol = "_ZSt21ios_base_library_initv";

    /// <summary>A folder of this user that outlives the process.</summary>
    public static string UserCache()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            cache = home.Length > 0 ? Path.Combine(home, ".cache") : Path.Combine(Path.GetTempPath(), $"kaggle-{Environment.UserName}");
        }
        return Path.Combine(cache, "kaggle-net", "native");
    }

    /// <returns>The path of a copy that an older libstdc++ satisfies, made once for each content.</returns>
    /// <exception cref="InputException">The library is not one that this cure fits, or the folder cannot be written.</exception>
    public static string Accepting(string library, string cache)
    {
        var bytes = File.ReadAllBytes(library);
        var folder = Path.Combine(cache, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        var copy = Path.Combine(folder, Path.GetFileName(library));
        if (File.Exists(copy)) return copy;
        try
        {
            var elf = new ElfVersions(bytes);
            var users = elf.SymbolsOf(Version);
            if (users.Count != 1 || users[0] != Symbol || elf.IsRelocated(Symbol))
                throw new InputException(
                    $"{library} needs {Version}, which this system's libstdc++ lacks, for {string.Join(", ", users)}. Install a libstdc++ of GCC 13 or later (Debian 13, Ubuntu 24.04).");
            elf.MakeWeak(Version);
            Directory.CreateDirectory(folder);
            // Another process may be at the same: each writes its own file, and the last rename wins with equal bytes.
            var temporary = Path.Combine(folder, $"{Path.GetRandomFileName()}.tmp");
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, copy, overwrite: true);
            return copy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"This system's libstdc++ is older than TorchSharp's, and the adapted copy of its library cannot be written to {folder}: {e.Message} Make that folder writable or set XDG_CACHE_HOME.", e);
        }
    }
}
