using System.Text.RegularExpressions;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Deep.Checkpoints;

/// <summary>A file of weights and where it was published.</summary>
/// <param name="Name">Without a folder.</param>
/// <param name="Address">Where it can be downloaded; null: nowhere, it must be in a folder of yours.</param>
public sealed partial record PublishedFile(string Name, Uri? Address = null)
{
    /// <summary>How the SHA-256 of its bytes begins, in hexadecimal; null: unknown. PyTorch's way is to write it into the name: resnet18-f37072fd.pth.</summary>
    public string? Sha256 { get; init; } = HashInName().Match(Name) is { Success: true } match ? match.Groups[1].Value : null;

    // A date is no checksum.
    [GeneratedRegex(@"-(?!(?:19|20)\d{6}\.)([0-9a-f]{8,64})\.\w+$")]
    private static partial Regex HashInName();
}

/// <summary>Finds files of weights: in a folder of yours, else in a cache that each is downloaded to once. Each is what its checksum says.</summary>
public sealed record WeightFiles
{
    /// <summary>The environment variable that names a folder of weights.</summary>
    public const string Variable = "KAGGLE_WEIGHTS";

    static readonly TimeSpan lookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Folders that are looked through first; a missing one is passed over.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Where downloads are kept.</summary>
    public required string Cache { get; init; }

    /// <summary>Brings what is in none of them.</summary>
    public WeightDownload Download { get; init; } = new();

    /// <summary>Of the files found, to know them by.</summary>
    public RememberedHashes Hashes { get; init; } = RememberedHashes.OfUser();

    /// <returns>The user's: <see cref="Variable"/> and what follows it, then the cache in the user's folder for such data.</returns>
    /// <param name="more">Further folders, after that of the variable.</param>
    public static WeightFiles OfUser(params IEnumerable<string> more) => new()
    {
        Folders = [.. new[] { Environment.GetEnvironmentVariable(Variable) }.Concat(more).Where(f => !string.IsNullOrEmpty(f)).Select(f => f!)],
        Cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "kaggle-net", "weights"),
    };

    /// <returns>Whether the file is already on this machine.</returns>
    public bool Has(PublishedFile file) => Here(file) is not null;

    /// <returns>What tells the file's bytes from others, before it is downloaded and after: its published checksum, else that of what is here, else the address.</returns>
    public string ContentOf(PublishedFile file) => file.Sha256 ?? (Here(file) is { } here ? Hashes.Of(here) : file.Address?.ToString() ?? "");

    /// <returns>The file's path on this machine; downloaded first when it is not there. One process downloads a file, the others wait for it.</returns>
    /// <exception cref="InputException">It is nowhere: with the folders that were looked through and what to do; or it is another file than was published.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public string Find(PublishedFile file, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Here(file) is { } here) return Checked(here, file);
        if (file.Address is null)
            throw new InputException($"The weights {file.Name} are not on this machine, and there is no address to download them from. Put the file into a folder and set {Variable} to it{LookedIn()}.");
        var path = Path.Combine(Cache, file.Name);
        try
        {
            Directory.CreateDirectory(Cache);
            using var alone = Alone(path + ".lock", cancel);
            if (!File.Exists(path)) Download.To(path, file, progress, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The weights {file.Name} could not be downloaded from {file.Address} ({e.Message}). Run this once with a network, or download the file elsewhere, put it into a folder and set {Variable} to it{LookedIn()}.", e);
        }
        return path;
    }

    string Checked(string path, PublishedFile file) =>
        file.Sha256 is not { } expected || Hashes.Of(path) is var hash && hash.StartsWith(expected, StringComparison.OrdinalIgnoreCase) ? path
        : throw new InputException($"{path} is another file than was published by that name: its SHA-256 begins {hash[..expected.Length]}, not {expected}. It may be cut short: delete it, and download it again. Weights of your own need another name.");

    // A lock that a thread holds keeps out this process's other threads as it does other processes, and ends with its holder.
    static FileStream Alone(string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (IsHeld(e))
            {
                cancel.WaitHandle.WaitOne(lookAgain);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    // EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION; between two looks the holder may also have removed it.
    static bool IsHeld(IOException e) => e.HResult is 11 or 35 || (e.HResult & 0xffff) == 32;

    string? Here(PublishedFile file) => Folders.Append(Cache).Select(folder => Path.Combine(folder, file.Name)).FirstOrDefault(File.Exists);

    string LookedIn() => $"; looked for in {string.Join(", ", Folders.Append(Cache))}";
}
