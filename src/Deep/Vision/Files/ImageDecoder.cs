using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace Kaggle.Deep.Vision.Files;

/// <summary>From a picture's file to a square of bytes: JPEG, PNG, BMP, WebP and GIF; grey, colour, CMYK, 16 bits, with transparency; turned as EXIF says.</summary>
/// <remarks>
/// Skia's codecs. A JPEG is decoded at the smallest of the sizes n/8 that still covers the square, which leaves out most of the work;
/// what remains is turned upright, cut and scaled once. Transparent parts become white.
/// </remarks>
public static class ImageDecoder
{
    /// <param name="file">The file's bytes.</param>
    /// <param name="form">Side, channels, framing.</param>
    /// <param name="into">(side, side, channels) is written here.</param>
    /// <returns>Null; or what is wrong with the file, in words that follow its name.</returns>
    public static string? Decode(ReadOnlySpan<byte> file, ImageForm form, Span<byte> into)
    {
        if (file.IsEmpty) return "is empty";
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null) return "is no picture that can be decoded (JPEG, PNG, BMP, WebP, GIF)";
        using var decoded = new SKBitmap();
        if (Pixels(codec, Enough(codec, form), decoded) is { } wrong) return wrong;
        if (decoded.AlphaType != SKAlphaType.Opaque) OnWhite(decoded.GetPixelSpan());
        if (codec.EncodedOrigin == SKEncodedOrigin.TopLeft) Frame(decoded, form, into);
        else
        {
            using var upright = decoded.Upright(codec.EncodedOrigin);
            Frame(upright, form, into);
        }
        return null;
    }

    /// <returns>The picture's width and height as it is to be seen; null when it is none.</returns>
    public static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec is null ? null : codec.EncodedOrigin.IsTurned() ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>Fits a picture that is already pixels into a form.</summary>
    /// <param name="pixels">(height, width, channels) bytes.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="form">What is wanted.</param>
    /// <param name="into">(side, side, channels) is written here.</param>
    public static void Fit(ReadOnlySpan<byte> pixels, int height, int width, int channels, ImageForm form, Span<byte> into)
    {
        if (height == form.Side && width == form.Side && channels == form.Channels)
        {
            pixels.CopyTo(into);
            return;
        }
        using var bitmap = Bitmap(pixels, height, width, channels);
        Frame(bitmap, form, into);
    }

    /// <param name="pixels">(side, side, channels).</param>
    /// <param name="form">Their side and channels.</param>
    /// <param name="quality">0 to 100.</param>
    /// <returns>A JPEG file.</returns>
    public static byte[] Jpeg(ReadOnlySpan<byte> pixels, ImageForm form, int quality = 85)
    {
        using var bitmap = Bitmap(pixels, form.Side, form.Side, form.Channels);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }

    /// <param name="pixels">(height, width, channels), 1 or 3 of them.</param>
    internal static SKBitmap Bitmap(ReadOnlySpan<byte> pixels, int height, int width, int channels)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var rgba = bitmap.GetPixelSpan();
        for (int i = 0, from = 0; i < rgba.Length; i += 4, from += channels)
            (rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]) = channels == 1
                ? (pixels[from], pixels[from], pixels[from], (byte)255)
                : (pixels[from], pixels[from + 1], pixels[from + 2], (byte)255);
        return bitmap;
    }

    static string? Pixels(SKCodec codec, SKSizeI size, SKBitmap bitmap)
    {
        // Straight alpha would be mixed with colours that no one sees.
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, alpha);
        if (!bitmap.TryAllocPixels(info)) return $"is too large to decode ({codec.Info.Width} × {codec.Info.Height})";
        return codec.GetPixels(info, bitmap.GetPixels()) switch
        {
            SKCodecResult.Success => null,
            SKCodecResult.IncompleteInput => "ends before its picture does",
            SKCodecResult.ErrorInInput => "holds broken data",
            var other => $"cannot be decoded ({other})",
        };
    }

    /// <returns>The least size at which the codec decodes enough pixels for the form; it may be the picture's own.</returns>
    static SKSizeI Enough(SKCodec codec, ImageForm form)
    {
        for (var eighths = 1; eighths < 8; eighths++)
        {
            var size = codec.GetScaledDimensions(eighths / 8f);
            var (wide, high) = codec.EncodedOrigin.IsTurned() ? (size.Height, size.Width) : (size.Width, size.Height);
            var (box, across, down) = Framed(wide, high, form);
            if (box.Right - box.Left >= across && box.Bottom - box.Top >= down) return size;
        }
        return codec.Info.Size;
    }

    /// <returns>What of a picture is taken, and how wide and high that becomes in the square.</returns>
    static (PixelBox Box, int Width, int Height) Framed(int width, int height, ImageForm form)
    {
        var whole = new PixelBox(0, 0, width, height);
        switch (form.Framing)
        {
            case Framing.Crop:
                var side = Math.Min(width, height);
                var (left, top) = ((width - side) / 2f, (height - side) / 2f);
                return (new(left, top, left + side, top + side), form.Side, form.Side);
            case Framing.Pad:
                var longer = (float)Math.Max(width, height);
                int Fitted(int length) => Math.Max(1, (int)MathF.Round(form.Side * length / longer));
                return (whole, Fitted(width), Fitted(height));
            default:
                return (whole, form.Side, form.Side);
        }
    }

    static void Frame(SKBitmap picture, ImageForm form, Span<byte> into)
    {
        var (box, width, height) = Framed(picture.Width, picture.Height, form);
        var lent = ArrayPool<byte>.Shared.Rent(4 * width * height);
        var scaled = lent.AsSpan(0, 4 * width * height);
        PixelScaling.Scale(picture.GetPixelSpan(), picture.Width, picture.Height, box, scaled, width, height);
        if (width == form.Side && height == form.Side) Pack(scaled, form.Channels, into);
        else
        {
            into.Clear();                                    // black beside or above
            var (left, top) = ((form.Side - width) / 2, (form.Side - height) / 2);
            for (var row = 0; row < height; row++)
                Pack(scaled.Slice(4 * width * row, 4 * width), form.Channels, into.Slice(((top + row) * form.Side + left) * form.Channels, width * form.Channels));
        }
        ArrayPool<byte>.Shared.Return(lent);
    }

    /// <summary>Lays colours that were multiplied by their alpha on white.</summary>
    static void OnWhite(Span<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var behind = (byte)(255 - rgba[i + 3]);
            for (var c = 0; c < 3; c++) rgba[i + c] += behind;
            rgba[i + 3] = 255;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Pack(ReadOnlySpan<byte> rgba, int channels, Span<byte> into)
    {
        if (channels == 1)
        {
            for (int i = 0, to = 0; i < rgba.Length; i += 4, to++)
                into[to] = (byte)((299 * rgba[i] + 587 * rgba[i + 1] + 114 * rgba[i + 2] + 500) / 1000);
            return;
        }
        var colours = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);
        var (from, at) = (0, 0);
        for (; at <= into.Length - 16 && from <= rgba.Length - 16; from += 16, at += 12)
            Vector128.Shuffle(Vector128.Create(rgba[from..]), colours).CopyTo(into[at..]);       // four bytes too many, written over by the next pixels
        for (; from < rgba.Length; from += 4, at += 3)
            (into[at], into[at + 1], into[at + 2]) = (rgba[from], rgba[from + 1], rgba[from + 2]);
    }
}
