using System.IO.Compression;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>A folder of pictures for one test, gone with it.</summary>
sealed class PictureFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pictures-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public PictureFolder With(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this;
    }

    public PictureFolder With(string name, string text) => With(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Packs all that is there into one zip of the folder, and removes it.</summary>
    public PictureFolder Zipped(string zip)
    {
        var packed = $"{Path}.zip";
        ZipFile.CreateFromDirectory(Path, packed);
        foreach (var entry in Directory.GetFileSystemEntries(Path))
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else File.Delete(entry);
        File.Move(packed, this[zip]);
        return this;
    }

    /// <summary>A picture of one colour.</summary>
    public static byte[] Plain(SKColor colour, int width = 8, int height = 8, SKEncodedImageFormat format = SKEncodedImageFormat.Png) => Drawn(width, height, (_, _) => colour, format);

    public static byte[] Drawn(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png, int quality = 95)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) bitmap.SetPixel(x, y, colour(x, y));
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
