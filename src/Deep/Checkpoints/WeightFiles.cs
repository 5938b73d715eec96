using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Checkpoints;

/// <summary>A file of weights and where it was published.</summary>
/// <param name="Name">Without a folder.</param>
/// <param name="Address">Where it can be downloaded; null: nowhere, it must be in a folder of yours.</param>
public sealed partial record PublishedFile(string Name, Uri? Address = null)
{
    /// <summary>How the SHA-256 of its bytes begins, in hexadecimal; null: unknown. PyTorch's way is to write it into the name: resnet18-f37072fd.pth.</summary>
    public string? Sha256 { get; init; } = HashInName().Match(Name) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"-([0-9a-f]{8,64})\.\w+$")]
    private static partial Regex HashInName();
}

/// <summary>Finds files of weights: in a folder of yours, else in a cache that each is downloaded to once.</summary>
public sealed class WeightFiles
{
    /// <summary>The environment variable that names a folder of weights.</summary>
    public const string Variable = "KAGGLE_WEIGHTS";

    /// <summary>Folders that are looked through first; a missing one is passed over.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Where downloads are kept.</summary>
    public required string Cache { get; init; }

    /// <summary>Brings what is in none of them.</summary>
    public WeightDownload Download { get; init; } = new();

    /// <returns>The user's: <see cref="Variable"/> and what follows it, then the cache in the user's folder for such data.</returns>
    /// <param name="more">Further folders, after that of the variable.</param>
    public static WeightFiles OfUser(params IEnumerable<string> more) => new()
    {
        Folders = [.. new[] { Environment.GetEnvironmentVariable(Variable) }.Concat(more).Where(f => !string.IsNullOrEmpty(f)).Select(f => f!)],
        Cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "kaggle-net", "weights"),
    };

    /// <returns>Whether the file is already on this machine.</returns>
    public bool Has(PublishedFile file) => Here(file) is not null;

    /// <returns>The file's path on this machine; downloaded first when it is not there.</returns>
    /// <exception cref="InputException">It is nowhere: with the folders that were looked through and what to do.</exception>
    public string Find(PublishedFile file, CancellationToken cancel = default)
    {
        if (Here(file) is { } here) return here;
        if (file.Address is null)
            throw new InputException($"The weights {file.Name} are not on this machine, and there is no address to download them from. Put the file into a folder and set {Variable} to it{LookedIn()}.");
        var path = Path.Combine(Cache, file.Name);
        try
        {
            Directory.CreateDirectory(Cache);
            Download.To(path, file, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The weights {file.Name} could not be downloaded from {file.Address} ({e.Message}). Run this once with a network, or download the file elsewhere, put it into a folder and set {Variable} to it{LookedIn()}.", e);
        }
        return path;
    }

    string? Here(PublishedFile file) => Folders.Append(Cache).Select(folder => Path.Combine(folder, file.Name)).FirstOrDefault(File.Exists);

    string LookedIn() => $"; looked for in {string.Join(", ", Folders.Append(Cache))}";

    /// <returns>The SHA-256 of a file, in lower-case hexadecimal.</returns>
    internal static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
