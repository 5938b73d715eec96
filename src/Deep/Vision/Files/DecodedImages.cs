using System.Collections.Concurrent;
using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>All pictures of an image column as squares of bytes in a memory-mapped file: decoded once, then read by every epoch, fold and run.</summary>
public sealed class DecodedImages : IDisposable
{
    const int Version = 2;                                  // of what the decoder makes of a file

    readonly MappedBytes mapped;
    readonly string? temporary;

    DecodedImages(string file, ImageForm form, int rows, bool keep)
    {
        (Form, Rows) = (form, rows);
        mapped = MappedBytes.Read(file);
        temporary = keep ? null : file;
    }

    public ImageForm Form { get; }

    public int Rows { get; }

    /// <summary>Where decoded pictures stay for this user's next run.</summary>
    public static string UserCache() => PictureCache.Writable(Path.Combine(Path.GetDirectoryName(Native.OlderLibstdcxx.UserCache())!, "images"));

    /// <param name="column">Its pictures, a row each.</param>
    /// <param name="form">What they become.</param>
    /// <param name="cache">The folder in which decoded pictures stay for the next run; null: they are decoded anew.</param>
    /// <param name="threads">How many pictures at once.</param>
    /// <param name="cancel">Ends the decoding.</param>
    /// <exception cref="InputException">Pictures are missing or broken: one list of them. Or there is no room for what they decode to.</exception>
    public static DecodedImages Of(ImageColumn column, ImageForm form, string? cache, int threads, CancellationToken cancel = default)
    {
        // Without a hash of their bytes, pictures that changed would be taken for the old ones.
        var keep = cache is not null && column.Place is { Digest.Length: > 0 };
        var folder = keep ? PictureCache.Writable(cache!) : Path.GetTempPath();
        var file = Path.Combine(folder, keep ? $"{Key(column, form)}.images" : $"{Path.GetRandomFileName()}.images");
        if (!keep || !File.Exists(file))
        {
            PictureCache.Tidy(folder);
            var writing = $"{file}.{Path.GetRandomFileName()}{PictureCache.Unfinished}";
            try
            {
                Write(writing, column, form, threads, cancel);
                File.Move(writing, file, overwrite: true);              // another process may be at the same: equal bytes
            }
            catch (IOException cause)
            {
                File.Delete(writing);
                throw new InputException(string.Create(CultureInfo.InvariantCulture,
                    $"{column.Rows} decoded pictures, {(double)column.Rows * form.Bytes / (1 << 30):0.0} GB, cannot be written to {folder}: {cause.Message} Free some room there, or name another folder by {(keep ? "XDG_CACHE_HOME" : "TMPDIR")}."), cause);
            }
            catch
            {
                File.Delete(writing);
                throw;
            }
        }
        else PictureCache.Touch(file);
        return new(file, form, column.Rows, keep);
    }

    /// <param name="row">Of the column.</param>
    /// <param name="into">(side, side, channels) is written here.</param>
    public void CopyTo(int row, Span<byte> into) =>
        mapped.Slice((long)row * Form.Bytes, Form.Bytes).CopyTo(into);

    public void Dispose()
    {
        mapped.Dispose();
        if (temporary is not null) File.Delete(temporary);
    }

    static void Write(string file, ImageColumn column, ImageForm form, int threads, CancellationToken cancel)
    {
        using var reader = new ImageReader(column.Place);
        var broken = new ConcurrentBag<(int Row, string Says)>();
        using (var pictures = MappedBytes.Create(file, Math.Max(1, (long)column.Rows * form.Bytes)))
            Parallel.For(0, column.Rows, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel }, row =>
            {
                var source = column.Sources.Span[row];
                if (reader.Read(source, form, pictures.Slice((long)row * form.Bytes, form.Bytes)) is { } wrong) broken.Add((row, $"{source} {wrong}"));
            });
        if (broken.IsEmpty) return;
        throw BrokenImages.Refused([.. broken.OrderBy(b => b.Row).Select(b => b.Says)], column.Rows);
    }

    static string Key(ImageColumn column, ImageForm form) => ContentHash.Of(
    [
        column.Place!.Digest, string.Create(CultureInfo.InvariantCulture, $"{Version} {form.Side} {form.Channels} {form.Framing}"), .. column.Sources.ToArray().Select(s => s ?? "\0"),
    ]);
}
