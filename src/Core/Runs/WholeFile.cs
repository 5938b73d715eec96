using CsvHelper;
using Kaggle.Core.Data;

namespace Kaggle.Core.Runs;

/// <summary>Writes a file under a temporary name and renames it: a reader sees the old file or the new one, never a part.</summary>
public static class WholeFile
{
    public static void Write(string path, Action<Stream> write)
    {
        var draft = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.draft");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = File.Create(draft)) write(stream);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try { File.Delete(draft); }
            catch (Exception d) when (d is IOException or UnauthorizedAccessException) { _ = d; }      // the first failure is the news
            throw new InputException($"{path} could not be written: {e.Message.TrimEnd('.')}. Free space or choose another folder with --out.", e);
        }
    }

    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    });

    /// <summary>A CSV with a header; fields are quoted where they need to be.</summary>
    public static void WriteCsv(string path, IReadOnlyList<string> header, IEnumerable<string[]> rows) => Write(path, stream =>
    {
        using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord([.. header]);
        foreach (var row in rows) csv.WriteRecord(row);
    });
}
