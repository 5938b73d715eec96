using System.Text;
using System.Text.RegularExpressions;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>Pictures whose path tells the label by a regular expression: Oxford's pets, images/Abyssinian_12.jpg.</summary>
/// <remarks>Which are the test's: those that a list test.txt names (one name a line, perhaps more after it), else those under a folder test.</remarks>
static class LabelsInNames
{
    const int Most = 3;                                     // named in a sentence

    static readonly TimeSpan patience = TimeSpan.FromSeconds(1);    // a name has some hundred letters; only a pattern that backtracks without end takes longer

    /// <exception cref="InputException">It is no regular expression, or has no group.</exception>
    public static string Checked(string pattern)
    {
        if (Pattern(pattern).GetGroupNumbers().Length < 2)
            throw new InputException($"The pattern {pattern} has no group, so it does not say which part of a picture's path is the label. Put that part in parentheses: ([^/]+)_\\d+ takes great_pyrenees of images/great_pyrenees_12.jpg.");
        return pattern;
    }

    public static LaidOutTables? Read(FileTree tree, string place, ImageFiles files)
    {
        var pattern = Pattern(files.LabelPattern!);
        string[] all = [.. tree.Images];
        var wrapped = Wrapping.Of(all)[^1].Length;
        bool InTest(string name) => FolderWords.PartOfPath(name[wrapped..]) == FolderPart.Test;
        var images = all.Select(n => new LabelledImage(Path.GetFileNameWithoutExtension(n), n, Label(pattern, n))).ToList();
        var photos = Photos(images, InTest);
        var rows = photos.Select(image => (Image: image, InTest: InTest(image.Source))).ToList();
        if (rows.Count == 0) return null;
        if (rows.All(r => r.Image.Label is null)) throw new InputException($"No picture's path fits the pattern {files.LabelPattern}; the first is {rows[0].Image.Source}.");
        var listed = Listed(tree, "test.txt");
        bool IsTest((LabelledImage Image, bool InTest) row) => listed is null ? row.InTest : listed.Contains(row.Image.Id);
        var sample = new TopTables(tree, place).Sample();
        var test = LabelledImages.AsSampled([.. rows.Where(IsTest).Select(r => r.Image)], sample);
        string[] unfit = [.. rows.Where(r => !IsTest(r) && r.Image.Label is null).Select(r => r.Image.Source)], masks = [.. images.Except(photos).Select(i => i.Source)];
        return LabelledImages.Tables(files, [.. rows.Where(r => !IsTest(r) && r.Image.Label is not null).Select(r => r.Image)], test, ("images", "test images"), tree.Digest(tree.Images), sample) with
        {
            Warnings =
            [
                .. Left("warning", "names-without-label", unfit, $"their names do not fit the pattern {files.LabelPattern}"),
                .. Left("note", "masks", masks, "they lie in a folder of masks or annotations, or repeat a photo's name in a folder beside it"),
            ],
        };
    }

    static Regex Pattern(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.CultureInvariant, patience);
        }
        catch (RegexParseException cause)
        {
            throw new InputException($"The pattern {pattern} is no regular expression: {cause.Message}", cause);
        }
    }

    static string? Label(Regex pattern, string name)
    {
        try
        {
            return pattern.Match(name) is { Success: true } match && match.Groups[1] is { Success: true, Length: > 0 } label ? label.Value : null;
        }
        catch (RegexMatchTimeoutException cause)
        {
            throw new InputException($"The pattern {pattern} takes more than {patience.TotalSeconds} s for {name}: it tries too many ways. Repeat no group that repeats itself, as in (a+)+.", cause);
        }
    }

    /// <returns>Without masks: of pictures of one name in several folders those that are likeliest photos.</returns>
    static List<LabelledImage> Photos(List<LabelledImage> images, Func<string, bool> inTest)
    {
        var unmasked = images.Where(i => !FolderWords.LiesWithMasks(i.Source)).ToList();
        if (unmasked.Count == 0) unmasked = images;
        return [.. unmasked.GroupBy(i => (i.Id, i.Label, inTest(i.Source))).SelectMany(named =>
        {
            var best = named.Max(i => Likelihood(i.Source));
            // Day 1 and day 2 may both have a cat_1.jpg, and both are photos.
            return named.Where(i => Likelihood(i.Source) == best || named.Any(other => Likelihood(other.Source) == best && Path.GetDirectoryName(other.Source) == Path.GetDirectoryName(i.Source)));
        }).OrderBy(i => i.Source, StringComparer.Ordinal)];
    }

    static int Likelihood(string name) => (FolderWords.LiesWithPhotos(name) ? 2 : 0) + (Path.GetExtension(name).StartsWith(".j", StringComparison.OrdinalIgnoreCase) ? 1 : 0);

    static IEnumerable<Warning> Left(string severity, string code, string[] names, string why)
    {
        if (names.Length > 0) yield return new(severity, code, $"{names.Length} pictures are left out, because {why}: {string.Join(", ", names.Take(Most))}{(names.Length > Most ? ", …" : "")}.");
    }

    static HashSet<string>? Listed(FileTree tree, string list) => tree.Names.FirstOrDefault(n => Path.GetFileName(n).Equals(list, StringComparison.OrdinalIgnoreCase)) is { } name
        ? [.. Encoding.UTF8.GetString(tree.Read(name)).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select(l => Path.GetFileNameWithoutExtension(l.Split(' ', '\t')[0]))]
        : null;
}
