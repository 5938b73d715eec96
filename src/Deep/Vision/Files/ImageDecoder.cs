using SkiaSharp;

namespace Kaggle.Deep.Vision.Files;

/// <summary>From a picture's file to a square of bytes: JPEG, PNG, BMP, WebP and GIF; grey, colour, CMYK, 16 bits, with transparency; turned as EXIF says.</summary>
/// <remarks>
/// Skia's codecs. A JPEG is decoded at the smallest of the sizes n/8 that still covers the square, which leaves out most of the work;
/// what remains is drawn once: turned, cut and scaled with linear filtering. Transparent parts become white.
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
        var frame = Frame(codec.Info.Size, codec.EncodedOrigin, form);
        using var decoded = new SKBitmap();
        if (Pixels(codec, frame.Scale, decoded) is { } wrong) return wrong;
        Draw(decoded, codec.EncodedOrigin, form, into);
        return null;
    }

    /// <returns>The picture's width and height as it is to be seen; null when it is none.</returns>
    public static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec is null ? null : Upright(codec.Info.Size, codec.EncodedOrigin) is var size ? (size.Width, size.Height) : null;
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
        Draw(bitmap, SKEncodedOrigin.TopLeft, form, into);
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

    static SKBitmap Bitmap(ReadOnlySpan<byte> pixels, int height, int width, int channels)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var rgba = bitmap.GetPixelSpan();
        for (int i = 0, from = 0; i < rgba.Length; i += 4, from += channels)
            (rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]) = channels == 1
                ? (pixels[from], pixels[from], pixels[from], (byte)255)
                : (pixels[from], pixels[from + 1], pixels[from + 2], (byte)255);
        return bitmap;
    }

    static string? Pixels(SKCodec codec, float scale, SKBitmap bitmap)
    {
        var size = codec.GetScaledDimensions(Math.Min(1, scale));
        // Straight alpha would be drawn with colours that no one sees.
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

    /// <returns>How much smaller the stored picture may be decoded and still cover the square.</returns>
    static (float Scale, SKSizeI Upright) Frame(SKSizeI stored, SKEncodedOrigin origin, ImageForm form)
    {
        var upright = Upright(stored, origin);
        var (x, y) = Scales(upright, form);
        return (Math.Max(x, y), upright);
    }

    /// <returns>By what width and height are multiplied.</returns>
    static (float X, float Y) Scales(SKSizeI upright, ImageForm form)
    {
        var (x, y) = (form.Side / (float)upright.Width, form.Side / (float)upright.Height);
        return form.Framing switch
        {
            Framing.Crop => (Math.Max(x, y), Math.Max(x, y)),
            Framing.Pad => (Math.Min(x, y), Math.Min(x, y)),
            _ => (x, y),
        };
    }

    static SKSizeI Upright(SKSizeI stored, SKEncodedOrigin origin) => IsTurned(origin) ? new(stored.Height, stored.Width) : stored;

    static bool IsTurned(SKEncodedOrigin origin) => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    static void Draw(SKBitmap from, SKEncodedOrigin origin, ImageForm form, Span<byte> into)
    {
        var upright = Upright(from.Info.Size, origin);
        var (x, y) = Scales(upright, form);
        using var square = new SKBitmap(new SKImageInfo(form.Side, form.Side, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(square))
        {
            canvas.Clear(SKColors.Black);
            canvas.Translate((form.Side - upright.Width * x) / 2, (form.Side - upright.Height * y) / 2);
            canvas.Scale(x, y);
            canvas.Concat(ToUpright(origin, from.Width, from.Height));
            using var white = new SKPaint { Color = SKColors.White, IsAntialias = false };
            if (from.AlphaType != SKAlphaType.Opaque) canvas.DrawRect(0, 0, from.Width, from.Height, white);
            using var image = SKImage.FromBitmap(from);
            // Without the smaller copies of the picture, shrinking to less than half passes over pixels.
            var mipmaps = Math.Min(x, y) < 0.6f ? SKMipmapMode.Linear : SKMipmapMode.None;
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, mipmaps));
        }
        Pack(square.GetPixelSpan(), form.Channels, into);
    }

    /// <returns>From stored to upright coordinates: the eight positions of EXIF's orientation.</returns>
    static SKMatrix ToUpright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    static void Pack(ReadOnlySpan<byte> rgba, int channels, Span<byte> into)
    {
        if (channels == 3)
            for (int i = 0, to = 0; i < rgba.Length; i += 4, to += 3)
                (into[to], into[to + 1], into[to + 2]) = (rgba[i], rgba[i + 1], rgba[i + 2]);
        else
            for (int i = 0, to = 0; i < rgba.Length; i += 4, to++)
                into[to] = (byte)((299 * rgba[i] + 587 * rgba[i + 1] + 114 * rgba[i + 2] + 500) / 1000);
    }
}
