using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>
/// Pictures as competitions give them: IDX files, CSV files of pixels, CIFAR's binaries, tables that name pictures, folders of classes,
/// labels in file names. Folders and zips alike; nothing is unpacked.
/// </summary>
/// <remarks>The tables have the columns <see cref="Id"/>, <see cref="Label"/> and <see cref="Picture"/>, and those that a table beside the pictures has.</remarks>
public sealed record ImageFiles : IFileLayout
{
    const int ThumbnailSide = 96;

    /// <summary>What the id's column is to be called.</summary>
    public string Id { get; init; } = "id";

    /// <summary>What the answers' column is to be called.</summary>
    public string Label { get; init; } = "label";

    /// <summary>What the pictures' column is to be called.</summary>
    public string Picture { get; init; } = "image";

    /// <summary>Where the label stands in a picture's path: the first group of this regular expression. Null: it is the folder's name.</summary>
    /// <exception cref="InputException">It is no regular expression, or has no group.</exception>
    public string? LabelPattern { get; init => field = value is null ? null : LabelsInNames.Checked(value); }

    /// <summary>Leaves broken pictures out of training and predicts them as grey ones; else they stop the run, in one list.</summary>
    public bool SkipBad { get; init; }

    public string Holds =>
        "pictures: train/<class>/… and test/…, or train.csv with an id and a label beside a folder of pictures, or train-images-idx3-ubyte and its like, or a train.csv of pixel columns";

    public IFileLayout? Lenient => SkipBad ? null : this with { SkipBad = true };

    public LaidOutTables? Read(string place)
    {
        using var tree = new FileTree(place);
        if (Found(tree, place) is not { } tables)
            return Unread(tree) is { } other && !tree.Images.Any() ? throw new InputException($"{place} holds no picture of a format that is read. {other}") : null;
        if (Unread(tree) is { } left) tables = tables with { Warnings = [.. tables.Warnings, new("warning", "unread-formats", left)] };
        return BrokenImages.Checked(tables, place, SkipBad);
    }

    public IThumbnails? Thumbnails(string place) => new SmallPictures(new(new(place)));

    public IEnumerable<Warning> Doubts(Dataset train, Dataset? test, int threads) => Lookalikes.Find(train, test, threads);

    LaidOutTables? Found(FileTree tree, string place) =>
        IdxLayout.Read(tree, this) ?? CifarLayout.Read(tree, this) ?? PixelLayout.Read(tree, this)
        ?? (LabelPattern is null ? NamedByTable.Read(tree, place, this) ?? ClassFolders.Read(tree, place, this) : LabelsInNames.Read(tree, place, this));

    static string? Unread(FileTree tree)
    {
        var kinds = tree.Names.Where(FileTree.IsUnread).GroupBy(n => Path.GetExtension(n).ToLowerInvariant()).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        return kinds.Count == 0 ? null
            : $"{kinds.Sum(k => k.Count())} pictures are of formats that are not read ({string.Join(", ", kinds.Select(k => $"{k.Key}: {k.Count()}"))}; the first is {kinds[0].First()}) and are left out; convert them to JPEG or PNG.";
    }

    sealed class SmallPictures(ImageReader reader) : IThumbnails
    {
        public byte[]? Of(string source)
        {
            var form = new ImageForm { Side = ThumbnailSide, Framing = Framing.Pad };
            var pixels = new byte[form.Bytes];
            return reader.Read(source, form, pixels) is null ? ImageDecoder.Jpeg(pixels, form) : null;
        }

        public void Dispose() => reader.Dispose();
    }
}
