using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Kaggle.Deep.Vision.Files;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Features of pictures, batch after batch, in memory and in a file: what was broken off goes on where it stood, and what is whole is read.</summary>
sealed class GrowingFeatures : IDisposable
{
    readonly int rows;
    readonly string? file;
    readonly FileStream? stream;
    float[] values = [];
    ImmutableArray<int> widths = [];
    int classes;

    /// <param name="rows">How many there will be.</param>
    /// <param name="file">Where they are kept; null: nowhere.</param>
    public GrowingFeatures(int rows, string? file)
    {
        (this.rows, this.file) = (rows, file);
        if (file is null) return;
        if (File.Exists(file))
        {
            PictureCache.Touch(file);
            using var whole = File.OpenRead(file);
            if (Take(whole) && Rows == rows) return;
        }
        Rows = 0;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            stream = new FileStream(file + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return;                                          // another process is at it, or nothing can be kept here
        }
        if (!Take(stream)) (Rows, values) = (0, []);
        CutTo(Rows);                                         // a row of which a kill left a piece would shift all that follow
        if (IsWhole && rows > 0) Finish();
    }

    /// <summary>Those that are there.</summary>
    public int Rows { get; private set; }

    public bool IsWhole => Rows == rows;

    int Width => classes + widths.Sum();

    /// <summary>Forgets rows from one on: the batch that it was in was not whole.</summary>
    public void CutTo(int row)
    {
        Rows = row;
        stream?.SetLength(row == 0 ? 0 : Header.Length + (long)row * Width * sizeof(float));
    }

    /// <param name="batch">(rows, classes + features), row by row, of the next rows.</param>
    /// <param name="widths">Of the features' parts.</param>
    /// <param name="classes">How many scores of classes come before them.</param>
    public void Add(ReadOnlySpan<float> batch, ImmutableArray<int> widths, int classes)
    {
        if (Rows == 0)
        {
            (this.widths, this.classes) = (widths, classes);
            values = new float[(long)rows * Width];
            stream?.Write(Header);
        }
        batch.CopyTo(values.AsSpan(Rows * Width));
        Rows += batch.Length / Width;
        if (stream is null) return;
        stream.Seek(0, SeekOrigin.End);
        stream.Write(MemoryMarshal.AsBytes(batch));
        stream.Flush();
        if (IsWhole) Finish();
    }

    public SeenPictures Whole() => rows == 0 ? new(new(Array.Empty<float>(), 1), [1]) : new(new(values, Width), widths, classes);

    public void Dispose() => stream?.Dispose();

    void Finish() => File.Move(file + ".part", file!, overwrite: true);

    byte[] Header => [.. MemoryMarshal.AsBytes<int>([widths.Length, .. widths, classes])];

    /// <summary>Reads the whole rows of a file.</summary>
    /// <returns>Whether there is one at least.</returns>
    bool Take(Stream from)
    {
        const int MostParts = 64;
        var count = new int[1];
        if (from.ReadAtLeast(MemoryMarshal.AsBytes(count.AsSpan()), sizeof(int), throwOnEndOfStream: false) < sizeof(int) || count[0] is < 1 or > MostParts) return false;
        var rest = new int[count[0] + 1];
        var bytes = MemoryMarshal.AsBytes(rest.AsSpan());
        if (from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || rest.Any(width => width is < 0 or > 1 << 20)) return false;
        (widths, classes) = ([.. rest[..^1]], rest[^1]);
        var found = (from.Length - from.Position) / (Width * (long)sizeof(float));
        if (Width == 0 || found is 0 || found > rows) return false;
        values = new float[(long)rows * Width];
        for (Rows = 0; Rows < found; Rows++) from.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(Rows * Width, Width)));
        return true;
    }
}
