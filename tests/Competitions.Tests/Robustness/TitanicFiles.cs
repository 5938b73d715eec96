namespace Kaggle.Tests.Competitions.Robustness;

/// <summary>The embedded sample's files in a folder of their own, to be spoilt.</summary>
sealed class TitanicFiles : IDisposable
{
    public TitanicFiles()
    {
        Directory.CreateDirectory(Data);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "competitions", "Titanic", "sample"))) File.Copy(file, Path.Combine(Data, Path.GetFileName(file)));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("titanic-").FullName;

    public string Data => Path.Combine(Folder, "data");

    public string Out => Path.Combine(Folder, "out");

    /// <summary>Whatever was written as a submission.</summary>
    public string[] Submissions => Directory.Exists(Out) ? Directory.GetFiles(Out, "*.csv", SearchOption.AllDirectories).Where(f => Path.GetFileName(f).Contains("ubmission") || f.Contains("submissions")).ToArray() : [];

    public void Lines(string file, Action<List<string>> change)
    {
        var path = Path.Combine(Data, file);
        var lines = File.ReadAllLines(path).ToList();
        change(lines);
        File.WriteAllLines(path, lines);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
