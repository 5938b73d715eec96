using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

public sealed class PictureCacheTests : IDisposable
{
    readonly PictureFolder folder = new(), cache = new();

    public void Dispose()
    {
        folder.Dispose();
        cache.Dispose();
    }

    ImageColumn Red()
    {
        folder.With("red.png", PictureFolder.Plain(SKColors.Red));
        return new("image", new[] { "red.png" }, new(folder.Path, "digest"));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_replaced_by_a_temporary_one()
    {
        folder.With("file", "");

        using var images = DecodedImages.Of(Red(), new() { Side = 4 }, folder["file/images"], 1);

        Assert.Equal(1, images.Rows);
        Assert.StartsWith(Path.GetTempPath(), PictureCache.Writable(folder["file/images"]));
        Assert.Equal(cache.Path, PictureCache.Writable(cache.Path));
        Assert.Empty(Directory.GetFiles(cache.Path));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_after_a_day()
    {
        foreach (var (name, hours) in new[] { ("a.images.x.tmp", 25), ("b.images.y.tmp", 1), ("c.features.z.tmp", 25), ("d.images", 25), ("another's.tmp", 25) })
        {
            cache.With(name, "");
            File.SetLastWriteTimeUtc(cache[name], DateTime.UtcNow.AddHours(-hours));
        }

        using (DecodedImages.Of(Red(), new() { Side = 4 }, cache.Path, 1)) { }

        Assert.Equal(["another's.tmp", "b.images.y.tmp", "d.images"], Directory.GetFiles(cache.Path).Select(f => Path.GetFileName(f)).Where(f => f.Length < 20).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_used_longest_ago_makes_room_and_what_was_used_today_stays()
    {
        foreach (var (name, hours) in new[] { ("a.images", 50), ("b.features", 40), ("c.images", 30), ("d.images", 1), ("another's", 90) })
        {
            cache.With(name, new byte[100]);
            File.SetLastWriteTimeUtc(cache[name], DateTime.UtcNow.AddHours(-hours));
        }
        PictureCache.Touch(cache["a.images"]);

        PictureCache.Tidy(cache.Path, most: 350);
        Assert.Equal(["a.images", "another's", "c.images", "d.images"], Directory.GetFiles(cache.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

        PictureCache.Tidy(cache.Path, most: 0);
        Assert.Equal(["a.images", "another's", "d.images"], Directory.GetFiles(cache.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_disk_without_room_is_a_sentence_before_anything_is_decoded()
    {
        var column = new ImageColumn("image", new string?[100_000], new(folder.Path, "digest"));

        var says = Assert.Throws<InputException>(() => DecodedImages.Of(column, new() { Side = 20_000 }, cache.Path, 1)).Message;

        Assert.Contains("100000 decoded pictures", says);
        Assert.Contains($"cannot be written to {cache.Path}", says);
        Assert.Empty(Directory.GetFiles(cache.Path));
    }

    [Fact]
    public void A_new_files_bytes_are_zeros_that_the_disk_has_set_aside()
    {
        using (var made = MappedBytes.Create(cache["x"], 5000))
        {
            Assert.Equal(-1, made.Slice(0, 5000).IndexOfAnyExcept((byte)0));
            made.Slice(4999, 1)[0] = 7;
        }

        Assert.Equal((5000L, (byte)7), (new FileInfo(cache["x"]).Length, File.ReadAllBytes(cache["x"])[4999]));
    }
}
