using System.IO.Compression;
using Kaggle.Core.Data;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Tests.Core.Data;

/// <summary>A folder of files for one test, gone with it.</summary>
public sealed class Files : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kaggle-test-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, string text) => Write(name, TextEncoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string Gzip(string name, string text)
    {
        using var stream = new GZipStream(File.Create(this[name]), CompressionLevel.Fastest);
        stream.Write(TextEncoding.UTF8.GetBytes(text));
        return this[name];
    }

    public string Zip(string name, params (string Entry, string Text)[] entries)
    {
        using var zip = ZipFile.Open(this[name], ZipArchiveMode.Create);
        foreach (var (entry, text) in entries)
        {
            using var stream = zip.CreateEntry(entry).Open();
            stream.Write(TextEncoding.UTF8.GetBytes(text));
        }
        return this[name];
    }

    /// <summary>What a table's column holds, read from this text.</summary>
    public Table Table(string text, ReadOptions? options = null) => Kaggle.Core.Data.Table.Read(Write("table.csv", text), options);

    public static string Refused(Action reading) => Assert.Throws<InputException>(reading).Message;

    /// <summary>The folder of a competition's real files; the test is skipped with a sentence where it is missing.</summary>
    public static string Real(string competition)
    {
        var all = Environment.GetEnvironmentVariable("KAGGLE_DATA");
        Assert.SkipUnless(Directory.Exists(all), "KAGGLE_DATA names no folder of competition files, so the tests on real files are skipped.");
        var folder = Path.Combine(all!, competition);
        Assert.SkipUnless(Directory.Exists(folder), $"KAGGLE_DATA has no folder '{competition}', so the tests on it are skipped.");
        return folder;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
