using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>train/&lt;class&gt;/… and test/… (or, where there is no test, val/&lt;class&gt;/…): a picture's label is the folder it lies in.</summary>
static class ClassFolders
{
    static readonly string[] Train = ["train", "training", "train.zip"], Test = ["test", "testing", "test.zip"], Validation = ["val", "valid", "validation", "val.zip", "valid.zip"];

    public static LaidOutTables? Read(FileTree tree, string place, ImageFiles files)
    {
        var images = tree.Images.ToList();
        var part = images.ToLookup(TopOf);
        var train = Labelled(part, Train);
        // Without parts, folders of classes at the top are all to be learned from.
        if (train.Count == 0 && !images.Any(n => Is(TopOf(n), Test)) && !images.Any(n => Is(TopOf(n), Validation))) train = [.. images.Where(n => n.Contains('/')).Select(n => Row(n, ""))];
        if (train.Count == 0) return null;
        if (train.FirstOrDefault(t => t.Label is null) is { Source: { } loose })
            throw new InputException($"{loose} lies in no class's folder (train/<class>/…), and no train.csv gives its label.");
        var (test, validation) = (Labelled(part, Test), Labelled(part, Validation));
        if (test.Count > 0) train.AddRange(validation);                   // more to learn from
        else test = validation;
        // By class they would stand in blocks, and a row's place would tell its answer.
        train = [.. train.OrderBy(t => ContentHash.Of(t.Source), StringComparer.Ordinal)];
        var sample = LabelledImages.Sample(tree, place);
        test = LabelledImages.AsSampled(test, sample);
        return LabelledImages.Tables(files, train, test, ("train", "test"), tree.Digest(images), sample);
    }

    static List<LabelledImage> Labelled(ILookup<string, string> byPart, string[] names) =>
        [.. byPart.Where(p => Is(p.Key, names)).SelectMany(p => p).Select(n => Row(n, TopOf(n)))];

    static LabelledImage Row(string name, string top)
    {
        var within = top.Length == 0 ? name : name[(top.Length + 1)..];
        // Some zips hold their own name again: train.zip/train/cat/1.jpg.
        if (top.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && within.StartsWith(top[..^4] + "/", StringComparison.OrdinalIgnoreCase)) within = within[(top.Length - 3)..];
        return new(within, name, within.Contains('/') ? within[..within.IndexOf('/')] : null);
    }

    static string TopOf(string name) => name.IndexOf('/') is var slash and >= 0 ? name[..slash] : "";

    static bool Is(string part, string[] names) => names.Contains(part, StringComparer.OrdinalIgnoreCase);
}
