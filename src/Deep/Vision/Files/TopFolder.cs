namespace Kaggle.Deep.Vision.Files;

/// <summary>A folder at the top of a tree of pictures, below what wraps them all.</summary>
/// <param name="Name">"train", "train.zip", "cat".</param>
/// <param name="Part">What its name says.</param>
/// <param name="Names">Its pictures, by their names in the tree.</param>
/// <param name="Inner">What stands before a picture's name within it: the wrapping, the folder, and folders within that wrap its pictures again.</param>
sealed record TopFolder(string Name, FolderPart Part, IReadOnlyList<string> Names, string Inner)
{
    /// <summary>No picture lies in a folder of its own below.</summary>
    public bool IsFlat => !Names.Any(n => Within(n).Contains('/'));

    /// <summary>Some pictures lie in the folder itself.</summary>
    public bool HasLoose => Names.Any(n => !Within(n).Contains('/'));

    /// <returns>A picture's name within the folder.</returns>
    public string Within(string name) => name[Inner.Length..];

    public static IReadOnlyList<TopFolder> Of(FileTree tree)
    {
        string[] images = [.. tree.Images];
        var root = RootOf(images);
        return
        [
            .. images.Where(n => n.IndexOf('/', root.Length) > 0).GroupBy(n => Next(n, root)!).Select(g =>
            {
                string[] names = [.. g];
                var part = FolderWords.PartOf(g.Key);
                return new TopFolder(g.Key, part, names, part == FolderPart.None ? $"{root}{g.Key}/" : InnerOf(names, $"{root}{g.Key}/", g.Key));
            }),
        ];
    }

    /// <returns>The innermost folder that only wraps: the name of no part, or holding parts itself; never one whose pictures lie in it.</returns>
    static string RootOf(string[] images)
    {
        var root = "";
        foreach (var outer in Wrapping.Of(images).Skip(1))
        {
            var parted = images.Any(n => Next(n, outer) is { } next && FolderWords.PartOf(next) == FolderPart.Train);
            if (!parted && (FolderWords.PartOf(Next(outer, root)!) != FolderPart.None || !images.Any(n => n.IndexOf('/', outer.Length) > 0))) break;
            root = outer;
        }
        return root;
    }

    /// <returns>Some zips hold their own name again, train.zip/train/cat/1.jpg, and some parts a folder of all: train/images/cat/1.jpg.</returns>
    static string InnerOf(string[] names, string folder, string name)
    {
        var bare = name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        foreach (var inner in Wrapping.Of(names).Where(w => w.Length > folder.Length))
        {
            if (!Next(inner, folder)!.Equals(bare, StringComparison.OrdinalIgnoreCase) && !names.All(n => n.IndexOf('/', inner.Length) > 0)) break;
            folder = inner;
        }
        return folder;
    }

    /// <returns>The folder that follows a prefix in a path; null where the file does.</returns>
    static string? Next(string name, string before) => name.IndexOf('/', before.Length) is var end and > 0 ? name[before.Length..end] : null;
}
