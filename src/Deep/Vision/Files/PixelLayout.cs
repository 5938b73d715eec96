using System.Globalization;
using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>Kaggle's digit-recognizer: train.csv of label and pixel columns, test.csv of pixel columns; ids count from 1.</summary>
static class PixelLayout
{
    public static LaidOutTables? Read(FileTree tree, ImageFiles files)
    {
        if (Find(tree, "train") is not { } train || !PixelTable.Fits(Encoding.ASCII.GetString(tree.Unpacked(train) is var bytes ? bytes[..Math.Min(200, bytes.Length)] : []))) return null;
        var test = Find(tree, "test") ?? throw new InputException($"{train} lies there without test.csv.");
        var rows = Rows(tree, train);
        if (rows is [{ Label: null }, ..]) throw new InputException($"{train} has no column but pixels; the labels are missing.");
        return LabelledImages.Tables(files, rows, Rows(tree, test), (train, test), tree.Digest([train, test]));
    }

    /// <returns>Whether one of the tree's files by that name holds many pictures.</returns>
    public static bool IsImages(string file) => file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    static string? Find(FileTree tree, string part) => tree.Names.FirstOrDefault(n => IsImages(n) && TableSource.BareName(n).Equals(part, StringComparison.OrdinalIgnoreCase));

    static List<LabelledImage> Rows(FileTree tree, string file)
    {
        var table = PixelTable.Parse(tree.Unpacked(file), file);
        return [.. Enumerable.Range(0, table.Rows).Select(i => new LabelledImage((i + 1).ToString(CultureInfo.InvariantCulture), $"{file}#{i}", table.Labels?[i]))];
    }
}
