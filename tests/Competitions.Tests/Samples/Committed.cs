using Kaggle.Core.Data;

namespace Kaggle.Tests.Competitions.Samples;

/// <summary>The sample files as they stand in the repository.</summary>
static class Committed
{
    public static string Folder(string competition) => Path.Combine(Repository.Root, "competitions", competition, "sample");

    public static void AreWhatIsMade(string competition, IReadOnlyList<SampleFile> made)
    {
        Assert.Equal(made.Select(f => f.Name).Order(), Directory.GetFiles(Folder(competition)).Select(Path.GetFileName).Order());
        foreach (var file in made)
            Assert.True(file.Bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder(competition), file.Name))), file.Name);
    }
}

/// <summary>The little reading that tests of samples need.</summary>
static class SampleFiles
{
    public static string Of(this IReadOnlyList<SampleFile> files, string name) => files.Single(f => f.Name == name).Csv;

    public static List<Dictionary<string, string>> Rows(this string csv)
    {
        var lines = csv.TrimEnd('\n').Split('\n');
        var header = Fields(lines[0]);
        return [.. lines[1..].Select(line => header.Zip(Fields(line)).ToDictionary(p => p.First, p => p.Second))];
    }

    static List<string> Fields(string line)
    {
        List<string> fields = [];
        foreach (var (part, quoted) in line.Split('"').Select((part, i) => (part, i % 2 == 1)))
            if (quoted) fields[^1] += part;
            else
                foreach (var (piece, i) in part.Split(',').Select((piece, i) => (piece, i)))
                    if (i == 0 && fields.Count > 0) fields[^1] += piece;
                    else fields.Add(piece);
        return fields;
    }
}
