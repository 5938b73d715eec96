using System.IO.Compression;
using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>Files that are there and give no bytes: links that lead nowhere, damaged and encrypted entries of zips.</summary>
public sealed class UnreadableFilesTests : IDisposable
{
    static readonly byte[] Red = PictureFolder.Plain(SKColors.Red), Blue = PictureFolder.Plain(SKColors.Blue);

    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Two classes; the first picture of cats leads nowhere.</summary>
    void Linked()
    {
        folder.With("train/cat/2.png", Red).With("train/dog/1.png", Blue).With("test/9.png", Red);
        File.CreateSymbolicLink(folder["train/cat/1.png"], folder["gone.png"]);
    }

    /// <summary>The same in a zip; the first entry's packed bytes are changed by the function.</summary>
    void Packed(Func<byte[], byte[]> damage)
    {
        using (var zip = ZipFile.Open(folder["all.zip"], ZipArchiveMode.Create))
            foreach (var name in new[] { "train/cat/1.png", "train/cat/2.png", "train/dog/1.png", "test/9.png" })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(PictureFolder.Drawn(40, 40, (x, y) => new((byte)(x * y), (byte)(7 * x), (byte)y)));
            }
        File.WriteAllBytes(folder["all.zip"], damage(File.ReadAllBytes(folder["all.zip"])));
    }

    [Fact]
    public void A_link_that_leads_nowhere_stands_in_the_list_and_can_be_skipped()
    {
        Linked();

        Assert.Contains("1 of 4 pictures cannot be used:\n  train/cat/1.png cannot be read", Assert.Throws<InputException>(() => new ImageFiles().Read(folder.Path)).Message);
        Assert.Equal(2, new ImageFiles { SkipBad = true }.Read(folder.Path)!.Train.Rows);
    }

    [Fact]
    public void A_damaged_entry_of_a_zip_stands_in_the_list_and_can_be_skipped()
    {
        // A local header has 30 bytes and the name, 15 of them; behind it the packed bytes begin, whose first block gets a type that does not exist.
        Packed(bytes => [.. bytes[..45], 0xFF, .. bytes[46..]]);

        Assert.Contains("1 of 4 pictures cannot be used:\n  all.zip/train/cat/1.png cannot be read", Assert.Throws<InputException>(() => new ImageFiles().Read(folder.Path)).Message);
        Assert.Equal(2, new ImageFiles { SkipBad = true }.Read(folder.Path)!.Train.Rows);
    }

    [Fact]
    public void An_encrypted_entry_of_a_zip_says_so()
    {
        Packed(bytes =>
        {
            bytes[6] |= 1;                                                                      // the local header's flags
            bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;                         // and the directory's
            return bytes;
        });

        Assert.Contains("all.zip/train/cat/1.png cannot be read: it is encrypted", Assert.Throws<InputException>(() => new ImageFiles().Read(folder.Path)).Message);
    }

    [Fact]
    public void A_file_of_many_that_cannot_be_read_is_wrong_with_each_of_its_pictures()
    {
        File.CreateSymbolicLink(folder["train.bin"], folder["gone.bin"]);
        using var reader = new ImageReader(new(folder.Path));
        var form = new ImageForm { Side = 4 };

        Assert.StartsWith("cannot be read", reader.Read("train.bin#3", form, new byte[form.Bytes]));
    }

    [Fact]
    public void The_digest_passes_over_what_cannot_be_read()
    {
        Linked();
        using var tree = new FileTree(folder.Path);

        Assert.Equal(64, tree.Digest(tree.Images).Length);
    }
}
