using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>The files under a folder, or in a zip, by relative names with forward slashes. A zip in the folder counts as a folder of its name and is read in place.</summary>
/// <remarks>Reading is safe from several threads at once.</remarks>
public sealed class FileTree : IDisposable
{
    static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".gif"];
    static readonly string[] UnreadExtensions = [".tif", ".tiff", ".heic", ".heif", ".avif", ".jp2", ".jxl", ".ppm", ".pgm", ".pnm", ".tga", ".psd", ".svg", ".dng", ".cr2", ".nef", ".dcm"];

    readonly string root;
    readonly Dictionary<string, string?> zips = [];                        // a file's name → the zip that holds it; null: on disk
    readonly ConcurrentDictionary<string, ConcurrentBag<ZipArchive>> open = [];     // an archive serves one reader at a time

    /// <param name="place">A folder or a zip.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public FileTree(string place)
    {
        root = Path.GetFullPath(place);
        if (File.Exists(root)) AddZip(root, "");
        else if (Directory.Exists(root)) AddFolder();
        Names = [.. zips.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Names { get; }

    public IEnumerable<string> Images => Names.Where(IsImage);

    public bool Has(string name) => zips.ContainsKey(name);

    /// <returns>Whether the name is that of a picture: JPEG, PNG, BMP, WebP or GIF.</returns>
    public static bool IsImage(string name) => ImageExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <returns>Whether the name is that of a picture in a format that is not read here: TIFF, HEIC, AVIF and their like.</returns>
    public static bool IsUnread(string name) => UnreadExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InputException">There is no such file, or it cannot be read.</exception>
    public byte[] Read(string name) => TryRead(name, out var wrong) ?? throw new InputException($"{Path.Combine(root, name)} {wrong}.");

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="wrong">Null; or why there are no bytes, in words that follow the name.</param>
    public byte[]? TryRead(string name, out string? wrong)
    {
        wrong = "is not there";
        if (!zips.TryGetValue(name, out var zip)) return null;
        try
        {
            var bytes = zip is null ? File.ReadAllBytes(Path.Combine(root, name)) : ReadEntry(zip, name);
            wrong = null;
            return bytes;
        }
        catch (Exception cause) when (IsUnreadable(cause))
        {
            wrong = $"cannot be read: {cause.Message.TrimEnd('.')}";
            return null;
        }
    }

    /// <returns>All of the file, unpacked when it is called .gz.</returns>
    /// <exception cref="InputException">There is no such file, or it cannot be unpacked.</exception>
    public byte[] Unpacked(string name)
    {
        var bytes = Read(name);
        if (!name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return bytes;
        try
        {
            using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var all = new MemoryStream();
            packed.CopyTo(all);
            return all.ToArray();
        }
        catch (InvalidDataException cause)
        {
            throw new InputException($"{Path.Combine(root, name)} cannot be unpacked ({cause.Message}); fetch it again.", cause);
        }
    }

    /// <returns>A hash over names and bytes: of pictures on disk each file's, of those in a zip the zip's. A file that cannot be read counts as an empty one.</returns>
    public string Digest(IEnumerable<string> names)
    {
        var files = names.Select(n => (Name: n, File: zips.GetValueOrDefault(n) ?? Path.Combine(root, n))).Where(f => File.Exists(f.File)).ToList();
        var hashes = new ConcurrentDictionary<string, string>();
        Parallel.ForEach(files.Select(f => f.File).Distinct(), file =>
        {
            try
            {
                using var stream = File.OpenRead(file);
                hashes[file] = Convert.ToHexStringLower(SHA256.HashData(stream));
            }
            catch (Exception cause) when (IsUnreadable(cause))
            {
                hashes[file] = "";                          // said where all broken pictures are, or left out with them
            }
        });
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in files.OrderBy(f => f.Name, StringComparer.Ordinal)) all.AppendData(Encoding.UTF8.GetBytes($"{name}\n{hashes[file]}\n"));
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    public void Dispose()
    {
        foreach (var archive in open.Values.SelectMany(bag => bag)) archive.Dispose();
    }

    void AddFolder()
    {
        var packed = new List<string>();
        try
        {
            foreach (var file in FilesUnder(root, [Real(root)]))
            {
                var name = Path.GetRelativePath(root, file).Replace('\\', '/');
                if (IsShadow(name)) continue;
                if (IsZip(name) && !name.Contains('/')) packed.Add(file);
                else zips[name] = null;
            }
        }
        catch (Exception cause) when (IsUnreadable(cause))
        {
            throw new InputException($"{root} cannot be read: {cause.Message} Make it readable, or move what is not out of it.", cause);
        }
        foreach (var zip in packed) AddZip(zip, Path.GetFileName(zip) + "/");
    }

    /// <summary>Links are followed, but not to a folder that they lie in: every picture would be found forty times over.</summary>
    static IEnumerable<string> FilesUnder(string folder, ImmutableHashSet<string> above)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) yield return file;
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            var real = Real(inner);
            if (above.Contains(real)) continue;
            foreach (var file in FilesUnder(inner, above.Add(real))) yield return file;
        }
    }

    /// <returns>Where a folder lies, whichever links lead to it.</returns>
    static string Real(string folder)
    {
        var parent = Path.GetDirectoryName(folder);
        if (parent is null) return folder;
        var link = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true);
        return link is null ? Path.Combine(Real(parent), Path.GetFileName(folder)) : Real(link.FullName);
    }

    void AddZip(string zip, string prefix)
    {
        try
        {
            using var archive = ZipFile.OpenRead(zip);
            foreach (var entry in archive.Entries)
                if (entry.Name.Length > 0 && !IsShadow(entry.FullName) && !IsUnpacked(entry)) zips[prefix + entry.FullName] = zip;
        }
        catch (Exception cause) when (IsUnreadable(cause))
        {
            throw new InputException($"{zip} cannot be unpacked ({cause.Message}); fetch it again.", cause);
        }

        // A zip beside what was unpacked from it, into a folder of its name or in place, would double every file.
        bool IsUnpacked(ZipArchiveEntry entry)
        {
            if (prefix.Length == 0) return false;
            var (name, folder) = (entry.FullName, prefix[..^".zip/".Length] + "/");
            return IsOnDisk(folder + name) || (IsOnDisk(name) && (name.StartsWith(folder, StringComparison.Ordinal) || new FileInfo(Path.Combine(root, name)).Length == entry.Length));
        }

        bool IsOnDisk(string name) => zips.TryGetValue(name, out var holder) && holder is null;
    }

    byte[] ReadEntry(string zip, string name)
    {
        var bag = open.GetOrAdd(zip, _ => []);
        if (!bag.TryTake(out var archive)) archive = ZipFile.OpenRead(zip);
        try
        {
            var entry = archive.GetEntry(zip == root ? name : name[(Path.GetFileName(zip).Length + 1)..])!;
            if (entry.IsEncrypted) throw new InvalidDataException("it is encrypted in the zip");
            if (entry.Length > Array.MaxLength) throw new InvalidDataException("it has more than 2 GB");
            var bytes = new byte[entry.Length];
            using var stream = entry.Open();
            stream.ReadExactly(bytes);
            return bytes;
        }
        finally
        {
            bag.Add(archive);
        }
    }

    static bool IsUnreadable(Exception cause) => cause is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException;

    static bool IsZip(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    // What a Mac or a checkout leaves beside the files.
    static bool IsShadow(string name) => name.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX");
}
