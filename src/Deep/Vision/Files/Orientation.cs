using System.Runtime.InteropServices;
using SkiaSharp;

namespace Kaggle.Deep.Vision.Files;

/// <summary>How a picture is to be held, as EXIF says it.</summary>
static class Orientation
{
    /// <summary>Whether width and height change places.</summary>
    public static bool IsTurned(this SKEncodedOrigin origin) => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <returns>As it is to be seen; pixels move whole.</returns>
    public static SKBitmap Upright(this SKBitmap stored, SKEncodedOrigin origin)
    {
        var (width, height) = (stored.Width, stored.Height);
        var upright = origin.IsTurned() ? new SKBitmap(stored.Info.WithSize(height, width)) : new SKBitmap(stored.Info);
        var from = MemoryMarshal.Cast<byte, uint>(stored.GetPixelSpan());
        var to = MemoryMarshal.Cast<byte, uint>(upright.GetPixelSpan());
        for (var y = 0; y < upright.Height; y++)
            for (var x = 0; x < upright.Width; x++)
            {
                var (column, row) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (width - 1 - x, height - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, height - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, height - 1 - x),
                    SKEncodedOrigin.RightBottom => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),                 // LeftBottom
                };
                to[y * upright.Width + x] = from[row * width + column];
            }
        return upright;
    }
}
