using System.Collections.Concurrent;
using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>Reads the pictures that an image column names, wherever they lie: files, entries of zips, numbers in a file of many.</summary>
/// <remarks>Reading is safe from several threads at once.</remarks>
public sealed class ImageReader(PicturePlace? place) : IDisposable
{
    readonly FileTree tree = new(place?.Folder ?? Environment.CurrentDirectory);
    readonly ConcurrentDictionary<string, Lazy<ManyImages>> many = [];

    /// <param name="source">A cell of the image column; null: a picture of middle grey.</param>
    /// <param name="form">What is wanted.</param>
    /// <param name="into">(side, side, channels) is written here.</param>
    /// <returns>Null; or what is wrong with the picture, in words that follow its name.</returns>
    public string? Read(string? source, ImageForm form, Span<byte> into)
    {
        if (source is null)
        {
            into.Fill(128);
            return null;
        }
        if (InMany(source) is var (file, number))
        {
            if (Opened(file, out var unread) is not { } images) return unread;
            if ((uint)number >= (uint)images.Count) return $"is not there: {file} holds {images.Count} pictures";
            Span<byte> pixels = new byte[images.Height * images.Width * images.Channels];
            images.CopyTo(number, pixels);
            ImageDecoder.Fit(pixels, images.Height, images.Width, images.Channels, form, into);
            return null;
        }
        return tree.TryRead(source, out var wrong) is { } bytes ? ImageDecoder.Decode(bytes, form, into) : wrong;
    }

    /// <returns>A picture's width and height as it is to be seen; null when it cannot be read.</returns>
    public (int Width, int Height)? SizeOf(string source) =>
        InMany(source) is var (file, _) ? Opened(file, out _) is { } images ? (images.Width, images.Height) : null
        : tree.TryRead(source, out _) is { } bytes ? ImageDecoder.SizeOf(bytes) : null;

    public void Dispose() => tree.Dispose();

    ManyImages? Opened(string file, out string? wrong)
    {
        wrong = null;
        try
        {
            return many.GetOrAdd(file, f => new(() => ManyImages.Of(f, tree.Unpacked(f)))).Value;
        }
        catch (InputException cause)
        {
            wrong = $"cannot be read: {cause.Message.TrimEnd('.')}";
            return null;
        }
    }

    (string File, int Number)? InMany(string source)
    {
        var mark = source.LastIndexOf('#');
        return mark > 0 && int.TryParse(source.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && !tree.Has(source)
            ? (source[..mark], number)
            : null;
    }
}
