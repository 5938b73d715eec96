namespace Kaggle.Deep.Vision.Files;

/// <summary>Pictures as tables name them: by path, by file name, by name without extension; where nothing fits to the letter, whatever the case and the extension.</summary>
/// <remarks>Of equal names in folders of train and of test the one that fits the row counts, and never the other's.</remarks>
sealed class PicturePlaces
{
    readonly ILookup<string, string> exact, loose;
    readonly int wrapped;
    readonly bool haveTest;

    public PicturePlaces(IEnumerable<string> images)
    {
        string[] names = [.. images];
        exact = names.SelectMany(n => new[] { Last(n), Stem(Last(n)) }.Distinct().Select(key => (key, n))).ToLookup(x => x.key, x => x.n);
        loose = names.ToLookup(n => Stem(Last(n)), StringComparer.OrdinalIgnoreCase);
        wrapped = Wrapping.Of(names)[^1].Length;
        haveTest = names.Any(n => PartOf(n) == FolderPart.Test);
    }

    /// <param name="text">A cell of the table.</param>
    /// <param name="part">The table's.</param>
    /// <returns>The picture's name in the tree; null when there is none.</returns>
    public string? Find(string text, FolderPart part)
    {
        text = text.Replace('\\', '/').TrimStart('.', '/');
        var bare = FileTree.IsImage(text) || FileTree.IsUnread(text) ? Stem(text) : text;
        return Fitting(exact[Last(text)].Where(n => EndsIn(n, text, StringComparison.Ordinal) || EndsIn(Stem(n), text, StringComparison.Ordinal)), text, part)
            ?? Fitting(loose[Last(bare)].Where(n => EndsIn(Stem(n), bare, StringComparison.OrdinalIgnoreCase)), text, part);
    }

    /// <returns>A picture's name as a table would have written it that writes another so.</returns>
    /// <param name="text">A cell.</param>
    /// <param name="name">Of a picture in the tree.</param>
    public static string Like(string text, string name)
    {
        var folders = text.Replace('\\', '/').TrimStart('.', '/').Count(c => c == '/');
        string[] parts = name.Split('/');
        var path = string.Join('/', parts[Math.Max(0, parts.Length - 1 - folders)..]);
        return FileTree.IsImage(text) || FileTree.IsUnread(text) ? path : Stem(path);
    }

    string? Fitting(IEnumerable<string> found, string text, FolderPart part)
    {
        string? neutral = null, other = null;
        foreach (var name in found)
        {
            var lies = PartOf(name);
            if (lies == part) return name;
            if (lies == (part == FolderPart.Test ? FolderPart.Train : FolderPart.Test) && lies != FolderWords.PartOfPath(text)) other ??= name;
            else neutral ??= name;
        }
        // Where there is no folder of test, that of train may hold both.
        return neutral ?? (part == FolderPart.Test && !haveTest ? other : null);
    }

    FolderPart PartOf(string name) => FolderWords.PartOfPath(name[wrapped..]);

    static bool EndsIn(string name, string text, StringComparison how) =>
        name.EndsWith(text, how) && (name.Length == text.Length || name[^(text.Length + 1)] == '/');

    static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];

    static string Stem(string path) => path.LastIndexOf('.') is var dot && dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
}
