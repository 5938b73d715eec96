using System.Security.Cryptography;
using Kaggle.Core.Data;
using Kaggle.Deep.Native;

namespace Kaggle.Deep.Checkpoints;

/// <summary>The SHA-256 of files, computed once and remembered until a file's length or the time it was written changes.</summary>
/// <param name="folder">Holds a note a file; where it cannot be written, hashes are computed anew.</param>
public sealed class RememberedHashes(string folder)
{
    static readonly TimeSpan settled = TimeSpan.FromSeconds(2);

    /// <returns>Those of the user, beside the other caches.</returns>
    public static RememberedHashes OfUser() => new(Path.Combine(Path.GetDirectoryName(OlderLibstdcxx.UserCache())!, "hashes"));

    /// <returns>64 hexadecimal digits, in lower case.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string Of(string file)
    {
        var named = new FileInfo(Path.GetFullPath(file));
        var there = named.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? named;
        var note = Path.Combine(folder, ContentHash.Of(there.FullName)[..32]);
        var stamp = $"{there.Length} {there.LastWriteTimeUtc.Ticks}";
        if (Noted(note) is [var known, var then] && then == stamp) return known;
        using var stream = there.OpenRead();
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        // What was written a moment ago may be written once more within the clock's step, and look the same.
        if (DateTime.UtcNow - there.LastWriteTimeUtc > settled) Keep(note, $"{hash}\n{stamp}");
        return hash;
    }

    static string[]? Noted(string note)
    {
        try
        {
            return File.Exists(note) ? File.ReadAllLines(note) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    void Keep(string note, string text)
    {
        var draft = $"{note}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(draft, text);
            File.Move(draft, note, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _ = e;                                               // a full or foreign disk costs time, not the run
        }
    }
}
