using System.IO.Compression;

namespace Kaggle.Core.Data;

/// <summary>Where a table lies: a file, or an entry of a zip; opened as often as needed.</summary>
/// <param name="Path">The file on disk.</param>
/// <param name="Entry">The entry inside the zip; null: the only table there, or no zip.</param>
public sealed record TableSource(string Path, string? Entry = null)
{
    /// <summary>The table itself, where a layout made it in memory; the path is then the folder it was made of.</summary>
    public Table? Made { get; init; }

    static readonly string[] Extensions = [".csv", ".tsv", ".txt", ".parquet"];

    /// <summary>For sentences: "train.csv", "titanic.zip/train.csv".</summary>
    public string Name => Made?.Name ?? System.IO.Path.GetFileName(Path) + (Entry is null ? "" : "/" + Entry);

    /// <param name="file">A path; of a file inside an archive: archive.zip/file.csv.</param>
    public static TableSource At(string file)
    {
        var zip = file.IndexOf(".zip/", StringComparison.OrdinalIgnoreCase);
        return zip < 0 || File.Exists(file) ? new(file) : new(file[..(zip + 4)], file[(zip + 5)..]);
    }

    /// <returns>Whether the name is that of a table that can be read, compressed or not.</returns>
    public static bool IsTable(string name) => Extensions.Contains(Extension(name));

    /// <returns>The name without folders, .csv, .gz and the like: "train".</returns>
    public static string BareName(string name)
    {
        name = System.IO.Path.GetFileName(name.Replace('\\', '/'));
        foreach (var packed in new[] { ".gz", ".zip" })
            if (name.EndsWith(packed, StringComparison.OrdinalIgnoreCase)) name = name[..^packed.Length];
        return Extensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } extension ? name[..^extension.Length] : name;
    }

    /// <returns>The tables inside a zip as Kaggle serves it; a Mac's shadow files left out.</returns>
    public static IReadOnlyList<TableSource> InZip(string path)
    {
        using var zip = Guarded(path, System.IO.Path.GetFileName(path), () => ZipFile.OpenRead(path));
        return [.. Tables(zip).Select(e => new TableSource(path, e.FullName))];
    }

    /// <returns>The bytes unpacked, and the name that tells what they are.</returns>
    /// <exception cref="InputException">The file is missing, or cannot be unpacked.</exception>
    internal (Stream Stream, string Name) Open()
    {
        if (Directory.Exists(Path)) throw new InputException($"{Path} is a folder; name the file in it.");
        if (!File.Exists(Path)) throw new InputException($"There is no file {Path}.");
        var name = System.IO.Path.GetFileName(Path);
        var stream = Guarded<Stream>(Path, Name, () => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan));
        if (IsZip(name)) (stream, name) = Unzip(stream, Entry);
        return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? (new GZipStream(stream, CompressionMode.Decompress), name[..^3]) : (stream, name);
    }

    /// <returns>The line on which a data row begins, the header's being 1; in a format without lines the row's number, from 1.</returns>
    internal long LineOf(int row)
    {
        var (stream, name) = Open();
        using (stream) return Extension(name) == ".parquet" ? row + 1 : CsvScan.LineOf(stream, Extension(name) == ".tsv" ? '\t' : null, row);
    }

    (Stream Stream, string Name) Unzip(Stream packed, string? entry)
    {
        var zip = Guarded(Path, Name, () => new ZipArchive(packed, ZipArchiveMode.Read));
        var tables = Tables(zip).ToArray();
        var found = entry is null
            ? tables.Length == 1 ? tables[0] : throw new InputException(tables.Length == 0
                ? $"{Name} holds no .csv, .tsv or .parquet file."
                : $"{Name} holds {tables.Length} tables; name one: {string.Join(", ", tables.Select(t => $"{Name}/{t.FullName}"))}.")
            : zip.GetEntry(entry) ?? throw new InputException($"{System.IO.Path.GetFileName(Path)} has no '{entry}'. {Nearest.Hint(entry, tables.Select(t => t.FullName))}");
        var stream = Guarded(Path, Name, () => found.Open());
        if (!IsZip(found.Name)) return (stream, found.Name);
        var inner = new MemoryStream();                     // old competitions: a zip of zips, which must be seekable
        using (stream) stream.CopyTo(inner);
        inner.Position = 0;
        return Unzip(inner, null);
    }

    static IEnumerable<ZipArchiveEntry> Tables(ZipArchive zip) => zip.Entries.Where(e =>
        e.Name.Length > 0 && !e.Name.StartsWith("._", StringComparison.Ordinal) && !e.FullName.StartsWith("__MACOSX", StringComparison.Ordinal) && IsTable(e.Name));

    static bool IsZip(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    static string Extension(string name)
    {
        name = name.ToLowerInvariant();
        foreach (var packed in new[] { ".gz", ".zip" })
            if (name.EndsWith(packed, StringComparison.Ordinal)) name = name[..^packed.Length];
        return System.IO.Path.GetExtension(name);
    }

    static T Guarded<T>(string path, string name, Func<T> open)
    {
        try { return open(); }
        catch (InvalidDataException cause) { throw new InputException($"{name} cannot be unpacked ({cause.Message}); fetch it again.", cause); }
        catch (UnauthorizedAccessException cause) { throw new InputException($"{path} may not be read; change its permissions.", cause); }
        catch (IOException cause) { throw new InputException($"{path} cannot be read: {cause.Message}", cause); }
    }
}
