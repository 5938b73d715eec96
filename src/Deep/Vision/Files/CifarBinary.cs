using System.Globalization;
using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>CIFAR's binary version: records of one label (CIFAR-10) or two (CIFAR-100: coarse, fine), then 32 × 32 pixels in three planes.</summary>
/// <remarks>The format of www.cs.toronto.edu/~kriz/cifar.html.</remarks>
public static class CifarBinary
{
    public const int Side = 32, Planes = 3 * Side * Side;

    /// <returns>How many label bytes stand before each picture: 1 or 2.</returns>
    /// <exception cref="InputException">The length is that of neither.</exception>
    public static int LabelsOf(long length, string name) =>
        length > 0 && length % (Planes + 1) == 0 ? 1
        : length > 0 && length % (Planes + 2) == 0 ? 2
        : throw new InputException($"{name} has {length} bytes, which is no whole number of CIFAR records (3073 or 3074 bytes each); fetch it again.");

    /// <returns>(32, 32, 3): colours together, as pictures are kept here.</returns>
    public static byte[] Picture(ReadOnlySpan<byte> planes)
    {
        var pixels = new byte[Planes];
        for (var i = 0; i < Side * Side; i++)
            for (var c = 0; c < 3; c++) pixels[3 * i + c] = planes[c * Side * Side + i];
        return pixels;
    }
}

/// <summary>data_batch_1.bin … and test_batch.bin, or CIFAR-100's train.bin and test.bin; the classes' names beside them where they lie there.</summary>
static class CifarLayout
{
    public static LaidOutTables? Read(FileTree tree, ImageFiles files)
    {
        string[] Named(Func<string, bool> isIt) => [.. tree.Names.Where(n => n.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) && isIt(Path.GetFileName(n)))];
        var train = Named(n => n.StartsWith("data_batch", StringComparison.Ordinal) || n == "train.bin");
        if (train.Length == 0) return null;
        var test = Named(n => n is "test_batch.bin" or "test.bin");
        if (test.Length == 0) throw new InputException($"{train[0]} lies there without its test_batch.bin or test.bin.");
        var named = tree.Names.FirstOrDefault(n => Path.GetFileName(n) is "batches.meta.txt" or "fine_label_names.txt");
        string[]? classes = named is null ? null : [.. Encoding.UTF8.GetString(tree.Read(named)).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
        return LabelledImages.Tables(files, Rows(tree, train, classes), Rows(tree, test, classes), (train[0], test[0]), tree.Digest(train.Concat(test)));
    }

    /// <returns>Whether one of the tree's files by that name holds many pictures.</returns>
    public static bool IsImages(string file) => file.EndsWith(".bin", StringComparison.OrdinalIgnoreCase);

    static List<LabelledImage> Rows(FileTree tree, IEnumerable<string> parts, string[]? classes)
    {
        var rows = new List<LabelledImage>();
        foreach (var part in parts)
        {
            var bytes = tree.Read(part);
            var labels = CifarBinary.LabelsOf(bytes.Length, part);
            for (int i = 0, at = labels - 1; at < bytes.Length; i++, at += labels + CifarBinary.Planes)
                rows.Add(new((rows.Count + 1).ToString(CultureInfo.InvariantCulture), $"{part}#{i}",
                    classes is not null && bytes[at] < classes.Length ? classes[bytes[at]] : bytes[at].ToString(CultureInfo.InvariantCulture)));
        }
        return rows;
    }
}
