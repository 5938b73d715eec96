using System.Runtime.InteropServices;
using Kaggle.Deep.Vision.Files;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A file of rows, all of one length, that grows batch after batch: what was broken off goes on where it stood, and what is whole gets its name.</summary>
/// <remarks>It begins with whole numbers that say what the rows are: how many numbers, the numbers, the bytes of a row.</remarks>
sealed class GrowingRows : IDisposable
{
    const int MostNumbers = 64, MostRowBytes = 1 << 28;

    readonly string file;
    readonly int rows;
    readonly FileStream stream;

    GrowingRows(string file, int rows, FileStream stream)
    {
        (this.file, this.rows, this.stream) = (file, rows, stream);
        ReadHeader();
    }

    /// <returns>Null where no such file is whole.</returns>
    public static GrowingRows? Whole(string file, int rows)
    {
        if (!File.Exists(file)) return null;
        PictureCache.Touch(file);
        var found = new GrowingRows(file, rows, File.OpenRead(file));
        if (found.IsWhole) return found;
        found.Dispose();
        return null;
    }

    /// <param name="rows">How many there will be, at least one.</param>
    /// <returns>With the rows that an earlier process left; null where another process is at it, or nothing can be kept there.</returns>
    public static GrowingRows? Unfinished(string file, int rows)
    {
        FileStream stream;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            stream = new FileStream(file + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        var found = new GrowingRows(file, rows, stream);
        found.CutTo(found.Rows);                             // a row of which a kill left a piece would shift all that follow
        if (found.IsWhole) found.Finish();
        return found;
    }

    /// <summary>What the rows are; empty before the first.</summary>
    public int[] Numbers { get; private set; } = [];

    /// <summary>Those that are there.</summary>
    public int Rows { get; private set; }

    public bool IsWhole => Rows == rows;

    public int RowBytes { get; private set; }

    /// <summary>Where the rows begin.</summary>
    public long Start => (Numbers.Length + 2) * sizeof(int);

    /// <summary>Says what the rows are, once, before the first.</summary>
    public void Begin(ReadOnlySpan<int> numbers, int rowBytes)
    {
        (Numbers, RowBytes) = (numbers.ToArray(), rowBytes);
        stream.SetLength(0);
        stream.Write(MemoryMarshal.AsBytes<int>([numbers.Length, .. numbers, rowBytes]));
    }

    /// <summary>Forgets rows from one on: the batch that it was in was not whole.</summary>
    public void CutTo(int row)
    {
        Rows = row;
        if (row == 0) Numbers = [];
        stream.SetLength(row == 0 ? 0 : Start + (long)row * RowBytes);
    }

    /// <param name="batch">The next rows, one after the other.</param>
    public void Add(ReadOnlySpan<byte> batch)
    {
        stream.Seek(0, SeekOrigin.End);
        stream.Write(batch);
        stream.Flush();
        Rows += batch.Length / RowBytes;
        if (IsWhole) Finish();
    }

    /// <param name="row">One that is there.</param>
    /// <param name="into">Its bytes.</param>
    public void Read(int row, Span<byte> into)
    {
        stream.Seek(Start + (long)row * RowBytes, SeekOrigin.Begin);
        stream.ReadExactly(into);
    }

    public void Dispose() => stream.Dispose();

    void Finish() => File.Move(file + ".part", file, overwrite: true);

    void ReadHeader()
    {
        var count = new int[1];
        if (!Filled(count) || count[0] is < 1 or > MostNumbers) return;
        var rest = new int[count[0] + 1];
        if (!Filled(rest) || rest[^1] is < 1 or > MostRowBytes) return;
        var found = (stream.Length - stream.Position) / rest[^1];
        if (found is 0 || found > rows) return;
        (Numbers, RowBytes, Rows) = (rest[..^1], rest[^1], (int)found);
    }

    bool Filled(int[] numbers)
    {
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
    }
}
