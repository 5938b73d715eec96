using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>MNIST's four files: train-images-idx3-ubyte and -labels-idx1-, t10k- or test- likewise, packed with gzip or not.</summary>
static class IdxLayout
{
    public static LaidOutTables? Read(FileTree tree, ImageFiles files)
    {
        if (Find(tree, "train", "images") is not { } images) return null;
        var labels = Find(tree, "train", "labels") ?? throw new InputException($"{images} lies there without its labels (train-labels-idx1-ubyte).");
        var testImages = Find(tree, "t10k", "images") ?? Find(tree, "test", "images") ?? throw new InputException($"{images} lies there without the test pictures (t10k-images-idx3-ubyte).");
        var testLabels = Find(tree, "t10k", "labels") ?? Find(tree, "test", "labels");
        string[] all = [.. new[] { images, labels, testImages, testLabels }.OfType<string>()];
        return LabelledImages.Tables(files, Rows(tree, images, labels), Rows(tree, testImages, testLabels), (images, testImages), tree.Digest(all));
    }

    /// <returns>Whether one of the tree's files by that name holds many pictures.</returns>
    public static bool IsImages(string file) => file.Contains("idx3-ubyte", StringComparison.Ordinal);

    static string? Find(FileTree tree, string part, string what) => tree.Names.FirstOrDefault(n =>
        Path.GetFileName(n).StartsWith($"{part}-{what}", StringComparison.Ordinal) && n.Contains("-ubyte", StringComparison.Ordinal));

    static List<LabelledImage> Rows(FileTree tree, string images, string? labels)
    {
        var count = IdxFile.Parse(tree.Unpacked(images), images).Sizes[0];
        var answers = labels is null ? null : IdxFile.Parse(tree.Unpacked(labels), labels);
        if (answers is not null && answers.Sizes[0] != count) throw new InputException($"{images} holds {count} pictures and {labels} {answers.Sizes[0]} labels; they are not of one set.");
        return [.. Enumerable.Range(0, count).Select(i => new LabelledImage(
            (i + 1).ToString(CultureInfo.InvariantCulture), $"{images}#{i}", answers?.Values.Span[i].ToString(CultureInfo.InvariantCulture)))];
    }
}
