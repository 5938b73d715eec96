using System.Text;
using System.Text.RegularExpressions;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>Pictures whose path tells the label by a regular expression: Oxford's pets, images/Abyssinian_12.jpg.</summary>
/// <remarks>Which are the test's: those that a list test.txt names (one name a line, perhaps more after it), else those under a folder test.</remarks>
static class LabelsInNames
{
    public static LaidOutTables? Read(FileTree tree, string place, ImageFiles files)
    {
        var pattern = new Regex(files.LabelPattern!, RegexOptions.CultureInvariant);
        var rows = tree.Images.Select(n => (Image: new LabelledImage(Path.GetFileNameWithoutExtension(n), n, pattern.Match(n) is { Success: true } m ? m.Groups[1].Value : null), InTest: InTest(n))).ToList();
        if (rows.Count == 0) return null;
        if (rows.All(r => r.Image.Label is null)) throw new InputException($"No picture's path fits the pattern {files.LabelPattern}; the first is {rows[0].Image.Source}.");
        var listed = Listed(tree, "test.txt");
        bool IsTest((LabelledImage Image, bool InTest) row) => listed is null ? row.InTest : listed.Contains(row.Image.Id);
        var sample = new TopTables(tree, place).Sample();
        var test = LabelledImages.AsSampled([.. rows.Where(IsTest).Select(r => r.Image)], sample);
        return LabelledImages.Tables(files, [.. rows.Where(r => !IsTest(r) && r.Image.Label is not null).Select(r => r.Image)], test, ("images", "test images"), tree.Digest(tree.Images), sample);
    }

    static bool InTest(string name) => name.Split('/')[..^1].Any(folder => folder.Equals("test", StringComparison.OrdinalIgnoreCase) || folder.Equals("test.zip", StringComparison.OrdinalIgnoreCase));

    static HashSet<string>? Listed(FileTree tree, string list) => tree.Names.FirstOrDefault(n => Path.GetFileName(n).Equals(list, StringComparison.OrdinalIgnoreCase)) is { } name
        ? [.. Encoding.UTF8.GetString(tree.Read(name)).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select(l => Path.GetFileNameWithoutExtension(l.Split(' ', '\t')[0]))]
        : null;
}
