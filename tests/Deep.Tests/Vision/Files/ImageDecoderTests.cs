using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

public class ImageDecoderTests
{
    // Written by Pillow 9.4 (make_pictures.py beside this file).
    const string Cmyk = "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD8qq/VOv1Tr9U6/qoooor+Veiiiv6qKKKK/9k=";
    const string SixteenBits = "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEEAAAAADcCh3hAAAAG0lEQVR4nGNkYBBgEGAQYGB0gDJYYAzGA1AGAB6UAgjlBOswAAAAAElFTkSuQmCC";
    const string Gif = "R0lGODdhBAAEAIEAAAAA//8AAAAAAAAAACwAAAAABAAEAAAIDAADCBwoEIDBgwYDAgA7";
    const string Bmp = "Qk1mAAAAAAAAADYAAAAoAAAABAAAAAQAAAABABgAAAAAADAAAADEDgAAxA4AAAAAAAAAAAAA/wAA/wAA/wAA/wAA/wAA/wAA/wAA/wAAAAD/AAD/AAD/AAD/AAD/AAD/AAD/AAD/";

    static byte[] Decoded(byte[] file, int side, int channels = 3, Framing framing = Framing.Squish)
    {
        var form = new ImageForm { Side = side, Channels = channels, Framing = framing };
        var into = new byte[form.Bytes];
        Assert.Null(ImageDecoder.Decode(file, form, into));
        return into;
    }

    static byte[] Pixel(byte[] decoded, int side, int x, int y) => decoded[(3 * (y * side + x))..(3 * (y * side + x) + 3)];

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_picture_of_the_wanted_size_keeps_every_value(SKEncodedImageFormat format)
    {
        var file = PictureFolder.Drawn(5, 5, (x, y) => new((byte)(50 * x), (byte)(40 * y), 200), format, quality: 100);

        var decoded = Decoded(file, 5);

        var near = format == SKEncodedImageFormat.Png ? 0 : 24;                     // WebP loses colour here
        for (var y = 0; y < 5; y++)
            for (var x = 0; x < 5; x++) Assert.All(Pixel(decoded, 5, x, y).Zip([(byte)(50 * x), (byte)(40 * y), (byte)200]), p => Assert.InRange(Math.Abs(p.First - p.Second), 0, near));
    }

    [Theory]
    [InlineData(Gif)]
    [InlineData(Bmp)]
    public void Gif_and_bmp_are_read(string file)
    {
        var decoded = Decoded(Convert.FromBase64String(file), 4);

        Assert.Equal([255, 0, 0], Pixel(decoded, 4, 1, 0));
        Assert.Equal([0, 0, 255], Pixel(decoded, 4, 1, 3));
    }

    [Fact]
    public void Inks_become_colours()
    {
        var decoded = Decoded(Convert.FromBase64String(Cmyk), 16);

        Assert.All(Pixel(decoded, 16, 2, 8).Zip([0, 255, 255]), p => Assert.InRange(p.First, p.Second - 40, p.Second + 40));       // cyan
        Assert.All(Pixel(decoded, 16, 13, 8), value => Assert.InRange(value, 225, 255));                                         // no ink
    }

    [Fact]
    public void Sixteen_bits_become_eight() =>
        Assert.Equal([.. Enumerable.Range(0, 16).Select(i => (byte)(i * 16))], Decoded(Convert.FromBase64String(SixteenBits), 4, channels: 1));

    [Fact]
    public void Greys_are_weighed_colours()
    {
        var decoded = Decoded(PictureFolder.Drawn(2, 2, (x, y) => (x, y) switch { (0, 0) => SKColors.Red, (1, 0) => new(0, 255, 0), (0, 1) => SKColors.Blue, _ => SKColors.White }), 2, channels: 1);

        Assert.Equal([76, 150, 29, 255], decoded);                                   // 0.299, 0.587, 0.114 of 255
    }

    [Fact]
    public void What_is_transparent_is_white()
    {
        var decoded = Decoded(PictureFolder.Drawn(4, 4, (x, _) => x < 2 ? new(255, 0, 0, 0) : new(0, 0, 255, 255)), 4);

        Assert.Equal([255, 255, 255], Pixel(decoded, 4, 0, 0));
        Assert.Equal([0, 0, 255], Pixel(decoded, 4, 3, 3));
    }

    [Theory]
    [InlineData(1, 'R', 'G', 'B', 'W')]
    [InlineData(2, 'G', 'R', 'W', 'B')]
    [InlineData(3, 'W', 'B', 'G', 'R')]
    [InlineData(4, 'B', 'W', 'R', 'G')]
    [InlineData(5, 'R', 'B', 'G', 'W')]
    [InlineData(6, 'B', 'R', 'W', 'G')]
    [InlineData(7, 'W', 'G', 'B', 'R')]
    [InlineData(8, 'G', 'W', 'R', 'B')]
    public void A_photo_is_turned_as_its_camera_says(int orientation, char upperLeft, char upperRight, char lowerLeft, char lowerRight)
    {
        var stored = PictureFolder.Drawn(32, 48, (x, y) => (x < 16, y < 24) switch { (true, true) => SKColors.Red, (false, true) => new(0, 255, 0), (true, false) => SKColors.Blue, _ => SKColors.White }, SKEncodedImageFormat.Jpeg);
        // After the start marker: an APP1 segment whose TIFF header holds one entry, the orientation (0x0112).
        byte[] exif = [0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        byte[] turned = [.. stored[..2], .. exif, .. stored[2..]];

        var decoded = Decoded(turned, 16);

        char Letter(int x, int y) => Pixel(decoded, 16, x, y) switch { [> 128, < 128, < 128] => 'R', [< 128, > 128, < 128] => 'G', [< 128, < 128, > 128] => 'B', _ => 'W' };
        Assert.Equal((upperLeft, upperRight, lowerLeft, lowerRight), (Letter(3, 3), Letter(12, 3), Letter(3, 12), Letter(12, 12)));
        Assert.Equal(orientation < 5 ? (32, 48) : (48, 32), ImageDecoder.SizeOf(turned));
    }

    [Fact]
    public void Framings_show_all_of_a_wide_picture_or_its_middle()
    {
        var wide = PictureFolder.Drawn(30, 10, (x, _) => x < 10 ? SKColors.Red : x < 20 ? new(0, 255, 0) : SKColors.Blue);

        Assert.Equal([255, 0, 0], Pixel(Decoded(wide, 10), 10, 1, 5));
        Assert.Equal([0, 255, 0], Pixel(Decoded(wide, 10, framing: Framing.Crop), 10, 1, 5));
        var padded = Decoded(wide, 12, framing: Framing.Pad);
        Assert.Equal([0, 0, 0], Pixel(padded, 12, 6, 1));
        Assert.Equal([0, 255, 0], Pixel(padded, 12, 6, 6));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    public void A_large_picture_shrinks_to_the_means_of_its_parts(SKEncodedImageFormat format)
    {
        var file = PictureFolder.Drawn(400, 300, (x, y) => new((byte)(x * 255 / 400), (byte)(y * 255 / 300), (byte)((x / 2 + y / 2) % 2 * 255)), format);

        var decoded = Decoded(file, 20);

        for (var y = 1; y < 19; y++)
            for (var x = 1; x < 19; x++)
                Assert.All(Pixel(decoded, 20, x, y).Zip([(x + 0.5) * 255 / 20, (y + 0.5) * 255 / 20, 127.5]), p => Assert.InRange(p.First, p.Second - 14, p.Second + 14));
    }

    [Fact]
    public void A_picture_whose_pixels_would_not_fit_is_refused_unseen()
    {
        // An IHDR chunk of 24,000 × 24,000 in colour, with its checksum, and an empty IDAT: 2.3 GB once decoded.
        byte[] head = [(byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0x5D, 0xC0, 0, 0, 0x5D, 0xC0, 8, 2, 0, 0, 0];
        byte[] data = [(byte)'I', (byte)'D', (byte)'A', (byte)'T'];
        byte[] Chunk(byte[] chunk) => [0, 0, 0, (byte)(chunk.Length - 4), .. chunk, .. Checksum(chunk)];

        Assert.Equal("is too large to decode (24000 × 24000)", ImageDecoder.Decode([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk(head), .. Chunk(data)], new() { Side = 8 }, new byte[192]));

        static byte[] Checksum(byte[] bytes)
        {
            var sum = uint.MaxValue;
            foreach (var value in bytes)
            {
                sum ^= value;
                for (var bit = 0; bit < 8; bit++) sum = sum >> 1 ^ ((sum & 1) * 0xEDB88320);
            }
            sum = ~sum;
            return [(byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum];
        }
    }

    [Fact]
    public void Files_that_are_none_are_told_apart()
    {
        var form = new ImageForm { Side = 8 };
        var whole = PictureFolder.Drawn(64, 64, (x, y) => new((byte)(x * y), (byte)x, (byte)y), SKEncodedImageFormat.Jpeg);
        string? Says(byte[] file) => ImageDecoder.Decode(file, form, new byte[form.Bytes]);

        Assert.Equal("is empty", Says([]));
        Assert.StartsWith("is no picture", Says("<html>"u8.ToArray()));
        Assert.Equal("ends before its picture does", Says(whole[..(whole.Length / 2)]));
        Assert.Null(Says(whole));
    }
}
