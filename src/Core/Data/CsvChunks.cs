using System.Buffers;

namespace Kaggle.Core.Data;

/// <summary>Whole records of a file, about a megabyte of them; its buffer goes back to the pool when disposed.</summary>
/// <param name="Number">From 0, in the order of the file.</param>
/// <param name="Offset">Where it begins in the unpacked UTF-8 bytes.</param>
/// <param name="IsLast">It ends with the file, so perhaps inside a quote.</param>
readonly record struct CsvChunk(int Number, long Offset, bool IsLast, byte[] Buffer, int Length) : IDisposable
{
    public ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(Buffer);
}

/// <summary>Cuts a stream of CSV at the ends of records, never inside quotes, so that chunks can be parsed side by side.</summary>
/// <remarks>
/// A quote opens a quoted field only at the start of a field, as in the parser: a stray quote (5" nails) does not shift the cuts.
/// While the separator is unknown (in the first chunk), each of the four that are ever sniffed counts as one.
/// </remarks>
sealed class CsvChunks(Stream stream, int size = CsvChunks.DefaultSize) : IDisposable
{
    public const int DefaultSize = 1 << 20;

    readonly Lock turn = new();
    readonly List<(int Start, int End)> outside = [];       // stretches of the current buffer that are not in quotes
    byte[] rest = [];                                       // what follows the last cut
    int number;
    long offset;
    bool ended;

    public char? Separator { get; set; }

    /// <summary>Thread-safe; chunks are handed out in the order of the file.</summary>
    public bool TryTake(out CsvChunk chunk)
    {
        lock (turn)
        {
            chunk = default;
            if (ended) return false;
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(size, rest.Length * 2));
            rest.CopyTo(buffer, 0);
            var length = rest.Length;
            while (true)
            {
                length += stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
                ended = length < buffer.Length;
                var cut = ended ? length : LastRecordEnd(buffer.AsSpan(0, length));
                if (cut > 0 || ended)
                {
                    rest = buffer.AsSpan(cut, length - cut).ToArray();
                    if (cut == 0) ArrayPool<byte>.Shared.Return(buffer);
                    chunk = new(number++, offset, ended, buffer, cut);
                    offset += cut;
                    return cut > 0;
                }
                if (buffer.Length >= Array.MaxLength / 2)
                    throw new InputException("A record is longer than a gigabyte: a quote that opens is never closed, or this is no CSV.");
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
    }

    /// <returns>The position behind the last line feed that is not in quotes; 0 when there is none.</returns>
    int LastRecordEnd(ReadOnlySpan<byte> bytes)
    {
        outside.Clear();
        var position = 0;
        while (true)
        {
            var open = NextOpening(bytes, position);
            outside.Add((position, open));
            if (open >= bytes.Length) break;
            position = open + 1;
            var closed = false;
            while (!closed)
            {
                var quote = bytes[position..].IndexOf((byte)'"');
                if (quote < 0) goto search;                 // still open where the buffer ends
                position += quote + 1;
                if (position < bytes.Length && bytes[position] == '"') position++;
                else closed = true;
            }
        }
    search:
        for (var i = outside.Count - 1; i >= 0; i--)
        {
            var (start, end) = outside[i];
            var feed = bytes[start..end].LastIndexOf((byte)'\n');
            if (feed >= 0) return start + feed + 1;
        }
        return 0;
    }

    int NextOpening(ReadOnlySpan<byte> bytes, int from)
    {
        while (true)
        {
            var quote = bytes[from..].IndexOf((byte)'"');
            if (quote < 0) return bytes.Length;
            quote += from;
            if (quote == 0 || StartsField(bytes[quote - 1]) || (quote == 3 && number == 0 && bytes[..3].SequenceEqual(Utf8Mark))) return quote;
            from = quote + 1;
        }
    }

    static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    bool StartsField(byte before) => before is (byte)'\n' or (byte)'\r'
        || (Separator is { } known ? before == known : before is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|');

    public void Dispose() => stream.Dispose();
}
