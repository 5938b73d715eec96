using System.IO.Compression;
using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using Kaggle.Deep.Vision.Samples;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>Files that hold many pictures: IDX, CSV of pixels, CIFAR's binaries.</summary>
public sealed class ManyImagesTests : IDisposable
{
    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    LaidOutTables Read() => new ImageFiles().Read(folder.Path)!;

    byte[] Pixels(LaidOutTables tables, int row, int side, int channels)
    {
        using var reader = new ImageReader(new(folder.Path));
        var pixels = new byte[side * side * channels];
        Assert.Null(reader.Read(tables.Train["image"].TextAt(row), new() { Side = side, Channels = channels }, pixels));
        return pixels;
    }

    static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Idx(params int[] header) => [.. header.Select(b => (byte)b)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Idx_files_are_read_packed_or_not(bool packed)
    {
        void Put(string name, byte[] bytes) => folder.With(packed ? name + ".gz" : name, packed ? Gzip(bytes) : bytes);
        Put("train-images-idx3-ubyte", [.. Idx(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2), 1, 2, 3, 4, 5, 6, 7, 8]);
        Put("train-labels-idx1-ubyte", [.. Idx(0, 0, 8, 1, 0, 0, 0, 2), 7, 3]);
        Put("t10k-images-idx3-ubyte", [.. Idx(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2), 9, 9, 9, 9]);
        Put("t10k-labels-idx1-ubyte", [.. Idx(0, 0, 8, 1, 0, 0, 0, 1), 7]);

        var tables = Read();

        Assert.Equal(["7", "3"], Enumerable.Range(0, 2).Select(tables.Train["label"].TextAt));
        Assert.Equal(["1", "2"], Enumerable.Range(0, 2).Select(tables.Train["id"].TextAt));
        Assert.Equal([5, 6, 7, 8], Pixels(tables, 1, 2, 1));
        Assert.False(tables.Test.Has("label"));
        Assert.Equal("7", tables.Solution!["label"].TextAt(0));
    }

    [Theory]
    [InlineData(new[] { 1, 0, 8, 1, 0, 0, 0, 0 }, "does not begin with two zero bytes")]
    [InlineData(new[] { 0, 0, 13, 1, 0, 0, 0, 0 }, "type 0x0D")]
    [InlineData(new[] { 0, 0, 8, 3, 0, 0 }, "ends within its header")]
    [InlineData(new[] { 0, 0, 8, 1, 0, 0, 0, 9, 1 }, "says 9 bytes, and 1 follow")]
    [InlineData(new[] { 0, 0, 8, 1, 255, 0, 0, 9, 1 }, "a size of -")]
    public void A_broken_idx_file_is_refused_with_what_is_wrong(int[] bytes, string says) =>
        Assert.Contains(says, Assert.Throws<InputException>(() => IdxFile.Parse(Idx(bytes), "x-ubyte")).Message);

    [Fact]
    public void Pictures_and_labels_must_be_of_one_set()
    {
        folder.With("train-images-idx3-ubyte", [.. Idx(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1), 1]).With("train-labels-idx1-ubyte", [.. Idx(0, 0, 8, 1, 0, 0, 0, 2), 7, 3]);
        folder.With("t10k-images-idx3-ubyte", [.. Idx(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1), 1]);

        Assert.Contains("1 pictures and train-labels-idx1-ubyte 2 labels", Assert.Throws<InputException>(Read).Message);
    }

    [Fact]
    public void A_csv_of_pixels_is_a_picture_a_row()
    {
        folder.With("train.csv", "label,pixel0,pixel1,pixel2,pixel3\n5,0,128,255,7\r\n0,1,2,3,4").With("test.csv", "pixel0,pixel1,pixel2,pixel3\n9,8,7,6\n");

        var tables = Read();

        Assert.Equal((2, 1), (tables.Train.Rows, tables.Test.Rows));
        Assert.Equal("5", tables.Train["label"].TextAt(0));
        Assert.Equal([0, 128, 255, 7], Pixels(tables, 0, 2, 1));
        Assert.Equal([1, 2, 3, 4], Pixels(tables, 1, 2, 1));
    }

    [Theory]
    [InlineData("label,pixel0,pixel1,pixel2,pixel3\n5,0,128,256,7\n", "line 2, column 'pixel2'")]
    [InlineData("label,pixel0,pixel1,pixel2,pixel3\n5,0,128,25\n", "line 2, column 'pixel2'")]
    [InlineData("label,pixel0,pixel1,pixel2,pixel3\n5,0,1,2,3\n5,0,x,25,1\n", "line 3, column 'pixel1'")]
    [InlineData("label,pixel0,pixel1\n5,0,1\n", "square number of pixel columns")]
    public void A_broken_csv_of_pixels_is_refused_where_it_breaks(string csv, string says) =>
        Assert.Contains(says, Assert.Throws<InputException>(() => PixelTable.Parse(System.Text.Encoding.UTF8.GetBytes(csv), "train.csv")).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cifars_planes_become_colours(int labels)
    {
        byte[] Record(byte label) => [.. new byte[] { 99, label }[^labels..], .. Enumerable.Repeat((byte)10, 1024), .. Enumerable.Repeat((byte)20, 1024), .. Enumerable.Repeat((byte)30, 1024)];
        folder.With("train.bin", [.. Record(1), .. Record(0)]).With("test.bin", Record(1)).With("fine_label_names.txt", "apple\nbear\n");

        var tables = Read();

        Assert.Equal(["bear", "apple"], Enumerable.Range(0, 2).Select(tables.Train["label"].TextAt));
        Assert.Equal([10, 20, 30, 10, 20, 30], Pixels(tables, 1, 32, 3)[..6]);
    }

    [Fact]
    public void A_cut_cifar_file_is_refused() => Assert.Contains("3073 or 3074", Assert.Throws<InputException>(() => CifarBinary.LabelsOf(5000, "x.bin")).Message);

    [Fact]
    public void Thumbnails_of_a_report_read_their_file_once()
    {
        folder.With("train.csv", "label,pixel0,pixel1,pixel2,pixel3\n5,0,128,255,7\n0,1,2,3,4\n");
        using var thumbnails = new ImageFiles().Thumbnails(folder.Path)!;

        Assert.NotNull(thumbnails.Of("train.csv#0"));
        File.Delete(folder["train.csv"]);
        Assert.NotNull(thumbnails.Of("train.csv#1"));
        Assert.Null(thumbnails.Of("train.csv#2"));
    }

    [Theory]
    [InlineData("mnist", 60000, 10000)]
    [InlineData("fashion-mnist", 60000, 10000)]
    public void The_real_files_hold_what_their_page_says(string name, int train, int test)
    {
        var all = Environment.GetEnvironmentVariable("KAGGLE_DATA");
        Assert.SkipUnless(all is not null && Directory.Exists(Path.Combine(all, name)), $"KAGGLE_DATA has no folder '{name}', so the test on it is skipped.");

        var tables = new ImageFiles().Read(Path.Combine(all!, name))!;

        Assert.Equal((train, test), (tables.Train.Rows, tables.Test.Rows));
        Assert.Equal(10, Enumerable.Range(0, train).Select(tables.Train["label"].TextAt).Distinct().Count());
        Assert.NotNull(tables.Solution);
    }

    [Fact]
    public void What_the_samples_write_can_be_read()
    {
        var file = PictureArchives.Idx("x-idx3-ubyte", 2, [[1, 2, 3, 4], [5, 6, 7, 8]]);

        var idx = IdxFile.Parse(file.Bytes, file.Name);

        Assert.Equal([2, 2, 2], idx.Sizes);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], idx.Values.ToArray());
    }
}
