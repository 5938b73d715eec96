using System.Buffers;

namespace Kaggle.Core.Data;

/// <summary>Whole records of a file, about a megabyte of them; its buffer goes back to the pool when disposed.</summary>
/// <param name="Number">From 0, in the order of the file.</param>
/// <param name="Offset">Where it begins in the unpacked UTF-8 bytes.</param>
/// <param name="IsLast">It ends with the file, so perhaps inside a quote.</param>
/// <param name="MostRows">Its line breaks: no fewer than its rows, and as many unless lines are empty or in quotes.</param>
/// <param name="IsPlain">Only ASCII, and no zero byte.</param>
readonly record struct CsvChunk(int Number, long Offset, bool IsLast, int MostRows, bool IsPlain, byte[] Buffer, int Length) : IDisposable
{
    public ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(Buffer);
}

/// <summary>Cuts a stream of CSV at the ends of records, never inside quotes, so that chunks can be parsed side by side.</summary>
sealed class CsvChunks(Stream stream, int size = CsvChunks.DefaultSize) : IDisposable
{
    public const int DefaultSize = 1 << 20;

    readonly Lock turn = new();
    byte[] rest = [];                                       // what follows the last cut
    int number;
    long offset;
    bool ended;

    /// <summary>Null until the first chunk was looked at.</summary>
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
                var survey = new CsvSurvey(buffer.AsSpan(0, length), Separator, isStart: number == 0);
                var cut = ended ? length : survey.RecordsEnd;
                if (cut > 0 || ended)
                {
                    rest = buffer.AsSpan(cut, length - cut).ToArray();
                    if (cut == 0) ArrayPool<byte>.Shared.Return(buffer);
                    chunk = new(number++, offset, ended, LineBreaks(survey, buffer.AsSpan(0, cut), rest), survey is { IsAscii: true, HasZeros: false }, buffer, cut);
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

    static int LineBreaks(in CsvSurvey survey, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> rest)
    {
        var breaks = survey.LineFeeds - rest.Count((byte)'\n');
        if (survey.HasReturns) breaks += bytes.Count((byte)'\r') - bytes.Count("\r\n"u8);
        return bytes.Length > 0 && bytes[^1] is not ((byte)'\n' or (byte)'\r') ? breaks + 1 : breaks;
    }

    public void Dispose() => stream.Dispose();
}
