using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>train/&lt;class&gt;/… and test/… (or, where there is no test, val/&lt;class&gt;/…): a picture's label is the folder it lies in.</summary>
/// <remarks>The parts are told by a word of their folders' names: seg_train, training_set, val2017. Folders that wrap all the rest do not count.</remarks>
static class ClassFolders
{
    const int Most = 8;                                     // folders named in a sentence

    public static LaidOutTables? Read(FileTree tree, string place, ImageFiles files)
    {
        var tops = TopFolder.Of(tree);
        var train = Of(tops, FolderPart.Train);
        var (test, validation, prediction) = (Of(tops, FolderPart.Test), Of(tops, FolderPart.Validation), Of(tops, FolderPart.Prediction));
        if (Classes(tops) is { Count: > 0 } unparted)
        {
            Refuse(unparted, place);
            train = [.. unparted.SelectMany(t => t.Names.Select(n => new LabelledImage($"{t.Name}/{t.Within(n)}", n, t.Name)))];
            validation = [];
        }
        if (train.Count == 0) return null;
        if (train.FirstOrDefault(t => t.Label is null) is { Source: { } loose })
            throw new InputException($"{loose} lies in no class's folder (train/<class>/…), and no train.csv gives its label.");
        var asked = test.Count > 0 ? test : prediction.Count > 0 ? prediction : validation;
        if (asked != validation) train.AddRange(validation.Where(v => v.Label is not null));        // more to learn from
        // A folder that no training picture lies in is no answer: test/images/1.png.
        var classes = train.Select(t => t.Label).ToHashSet();
        if (!asked.Any(a => classes.Contains(a.Label))) asked = [.. asked.Select(a => a with { Label = null })];
        // By class they would stand in blocks, and a row's place would tell its answer.
        train = [.. train.OrderBy(t => ContentHash.Of(t.Source), StringComparer.Ordinal)];
        var sample = new TopTables(tree, place).Sample();
        asked = LabelledImages.AsSampled(asked, sample);
        return LabelledImages.Tables(files, train, asked, ("train", "test"), tree.Digest(tree.Images), sample) with
        {
            Warnings = [.. Unused([.. tree.Images], train.Concat(asked))],
        };
    }

    /// <returns>Whether pictures lie as train/&lt;class&gt;/….</returns>
    public static bool Fits(FileTree tree) => Of(TopFolder.Of(tree), FolderPart.Train).Any(t => t.Label is not null);

    static List<LabelledImage> Of(IReadOnlyList<TopFolder> tops, FolderPart part)
    {
        var rows = tops.Where(t => t.Part == part).SelectMany(t => t.Names.Select(n => Row(t.Within(n), n))).ToList();
        // Of two folders of test pictures both may hold a 1.png.
        return rows.Select(r => r.Id).Distinct().Count() == rows.Count ? rows : [.. rows.Select(r => r with { Id = r.Source })];
    }

    static LabelledImage Row(string within, string name) => new(within, name, within.IndexOf('/') is var slash and >= 0 ? within[..slash] : null);

    /// <returns>Without parts the folders at the top, all to be learned from; also where one of them is called train, beside bus and car.</returns>
    static IReadOnlyList<TopFolder> Classes(IReadOnlyList<TopFolder> tops) =>
        tops.All(t => t.Part is FolderPart.None or FolderPart.Prediction) ? [.. tops.Where(t => t.Part == FolderPart.None)]
        : tops.All(t => t.IsFlat && t.Part is not (FolderPart.Test or FolderPart.Prediction)) && tops.Any(t => t.Part == FolderPart.None) ? tops
        : [];

    /// <exception cref="InputException">The folders at the top are no classes.</exception>
    static void Refuse(IReadOnlyList<TopFolder> tops, string place)
    {
        if (tops.Count > 1 && tops.Any(t => t.HasLoose) && !tops.All(t => FolderWords.LiesWithPhotos(t.Name + "/") || FolderWords.LiesWithMasks(t.Name + "/"))) return;
        string[] seen = [.. tops.SelectMany(t => t.Names).Select(n => n[..n.LastIndexOf('/')]).Distinct()];
        throw new InputException(
            $"{place} has pictures in {string.Join(", ", seen.Take(Most))}{(seen.Length > Most ? $" and {seen.Length - Most} folders more" : "")}, and which folders are the classes does not show. " +
            "Wanted is a folder for each class, alone or within train/, or a train.csv that names the pictures; where a picture's path tells its label, say how: --labels '([^/]+)/[^/]+$' takes the folder it lies in, " +
            "--labels '^([^/]+)/' the outermost (in code ImageFiles { LabelPattern = … }).");
    }

    static IEnumerable<Warning> Unused(IReadOnlyList<string> images, IEnumerable<LabelledImage> used)
    {
        var taken = used.Select(u => u.Source).ToHashSet();
        string[] left = [.. images.Where(n => !taken.Contains(n))];
        if (left.Length == 0) yield break;
        string[] where = [.. left.Select(n => n.Contains('/') ? n[..n.LastIndexOf('/')] : "the top").Distinct()];
        yield return new("note", "unused-pictures",
            $"{left.Length} pictures are neither learned from nor predicted, because their folders are none of the train, test and val that were found: {string.Join(", ", where.Take(Most))}{(where.Length > Most ? ", …" : "")}.");
    }
}
