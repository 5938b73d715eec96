using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

public sealed class DecodedImagesTests : IDisposable
{
    static readonly ImageForm Form = new() { Side = 4 };

    readonly PictureFolder folder = new(), cache = new();

    public void Dispose()
    {
        folder.Dispose();
        cache.Dispose();
    }

    ImageColumn Column(string digest, params string?[] sources) => new("image", sources, new(folder.Path, digest));

    static byte[] First(DecodedImages images, int row)
    {
        var pixels = new byte[Form.Bytes];
        images.CopyTo(row, pixels);
        return pixels[..3];
    }

    [Fact]
    public void The_second_time_no_file_is_read()
    {
        var column = Column("a", "red.png", null, "blue.png");
        folder.With("red.png", PictureFolder.Plain(SKColors.Red)).With("blue.png", PictureFolder.Plain(SKColors.Blue));
        using (DecodedImages.Of(column, Form, cache.Path, 2)) { }
        File.Delete(folder["red.png"]);

        using var again = DecodedImages.Of(column, Form, cache.Path, 2);

        Assert.Equal([255, 0, 0], First(again, 0));
        Assert.Equal([128, 128, 128], First(again, 1));
        Assert.Equal([0, 0, 255], First(again, 2));
    }

    [Fact]
    public void Other_bytes_or_another_form_are_decoded_anew()
    {
        folder.With("x.png", PictureFolder.Plain(SKColors.Red));
        using (DecodedImages.Of(Column("a", "x.png"), Form, cache.Path, 1)) { }
        folder.With("x.png", PictureFolder.Plain(SKColors.Blue));

        using var changed = DecodedImages.Of(Column("b", "x.png"), Form, cache.Path, 1);
        using var larger = DecodedImages.Of(Column("b", "x.png"), Form with { Side = 8 }, cache.Path, 1);

        Assert.Equal([0, 0, 255], First(changed, 0));
        Assert.Equal(3, Directory.GetFiles(cache.Path).Length);
    }

    [Fact]
    public void Without_a_digest_nothing_is_kept()
    {
        folder.With("x.png", PictureFolder.Plain(SKColors.Red));
        using (DecodedImages.Of(Column("", "x.png"), Form, cache.Path, 1)) { }

        Assert.Empty(Directory.GetFiles(cache.Path));
    }

    [Fact]
    public void All_broken_pictures_stand_in_one_list()
    {
        folder.With("good.png", PictureFolder.Plain(SKColors.Red)).With("empty.png", "").With("page.png", "<html>");

        var says = Assert.Throws<InputException>(() => DecodedImages.Of(Column("a", "good.png", "empty.png", "gone.png", "page.png"), Form, cache.Path, 2)).Message;

        Assert.Contains("3 of 4 pictures cannot be used:\n  empty.png is empty\n  gone.png is not there\n  page.png is no picture", says);
        Assert.Empty(Directory.GetFiles(cache.Path));
    }
}
