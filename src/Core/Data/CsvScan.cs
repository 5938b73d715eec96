using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Core.Data;

/// <summary>Reads a CSV file's columns, its chunks side by side on all cores.</summary>
/// <remarks>How each column is kept is guessed from the first records; <see cref="TableReader"/> reads again what turned out otherwise.</remarks>
static class CsvScan
{
    const int SampledRecords = 1000;

    /// <param name="wanted">How a column is to be kept; null: as its first cells suggest.</param>
    public static ScannedFile Read(TableSource source, Stream opened, bool tabs, ReadOptions options, Func<string, Storing?> wanted)
    {
        using var chunks = Chunks(opened, tabs, options);
        var (first, header) = Start(source, chunks, options);
        var alsoMissing = options.Missing.Select(m => TextEncoding.UTF8.GetBytes(m)).ToArray();
        var known = Sample(first, header, alsoMissing);
        var storing = header.Names.Select((name, i) => wanted(name) ?? TableReader.StoringOf(known[i])).ToArray();

        var store = new CellStore(storing, ExpectedRows(first, opened));
        var parsed = new ConcurrentDictionary<int, ColumnPart[]>();
        var failures = new ConcurrentDictionary<int, Exception>();
        void Work(CsvChunk? own)
        {
            ColumnPart[]? before = null;
            while (failures.IsEmpty && (own is not null || Take(out own)))
            {
                using var chunk = own!.Value;
                try { parsed[chunk.Number] = before = Parse(source, options, chunk, header, storing, store, alsoMissing, before); }
                catch (Exception failure) { failures[chunk.Number] = failure; }
                own = null;
            }
            foreach (var part in before ?? []) part.Levels.Seal();
        }
        bool Take(out CsvChunk? chunk)
        {
            var taken = chunks.TryTake(out var next);
            chunk = next;
            return taken;
        }
        if (first.IsLast) Work(first);
        else Parallel.For(0, options.Threads, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, worker => Work(worker == 0 ? first : null));

        // Chunks before the first failure were all handed out before it, so the first in the file is found whatever the threads did.
        if (!failures.IsEmpty) ExceptionDispatchInfo.Throw(failures.MinBy(f => f.Key).Value);
        var parts = parsed.OrderBy(p => p.Key).Select(p => p.Value).ToArray();
        var columns = header.Names.Select((name, i) => new ScannedColumn(name, storing[i], [.. parts.Select(p => p[i])], known[i])).ToArray();
        return new(source, columns, columns[0].Rows);
    }

    public static IEnumerable<string> Names(TableSource source, Stream opened, bool tabs, ReadOptions options)
    {
        using var chunks = Chunks(opened, tabs, options);
        var (first, header) = Start(source, chunks, options);
        first.Dispose();
        return header.Names;
    }

    static CsvChunks Chunks(Stream opened, bool tabs, ReadOptions options) =>
        new(Utf8Stream.Of(opened, options.Encoding)) { Separator = options.Separator ?? (tabs ? '\t' : null) };

    static (CsvChunk First, CsvHeader Header) Start(TableSource source, CsvChunks chunks, ReadOptions options)
    {
        if (!chunks.TryTake(out var first)) throw new InputException($"{source.Name} is empty.");
        CheckText(source, options, first);
        var header = CsvHeader.Read(source, first, chunks.Separator);
        chunks.Separator = header.Separator;
        return (first, header);
    }

    /// <returns>The line on which a data row begins, the header's being 1.</returns>
    public static long LineOf(Stream opened, char? separator, int row)
    {
        using var reader = CsvReader.Create(Utf8Stream.Of(opened, null), new CsvReaderOptions { TrackLineNumbers = true, Separator = separator });
        while (reader.Read())
            if (reader.RowNumber == row + 1) return reader.LineNumber;
        return row + 2;
    }

    static Readings[] Sample(CsvChunk chunk, CsvHeader header, byte[][] alsoMissing)
    {
        var known = Enumerable.Repeat(Readings.Any, header.Names.Length).ToArray();
        using var reader = header.Open(chunk);
        for (var record = 0; record < SampledRecords && reader.Read(); record++)
            for (var i = 0; i < Math.Min(known.Length, reader.FieldCount); i++)
            {
                if (known[i] == Readings.Words) continue;
                var cell = Cell.Trim(reader.GetSpan(i));
                if (!ColumnPart.IsOneOf(alsoMissing, cell)) known[i] &= Cell.Of(cell);
            }
        return known;
    }

    static ColumnPart[] Parse(TableSource source, ReadOptions options, CsvChunk chunk, CsvHeader header, Storing[] storing, CellStore store, byte[][] alsoMissing, ColumnPart[]? before)
    {
        CheckText(source, options, chunk);
        var (arrays, start) = store.Reserve(chunk.Number == 0 ? chunk.MostRows - 1 : chunk.MostRows);
        var parts = storing.Select((s, i) => new ColumnPart(s, arrays[i], start, alsoMissing, before?[i])).ToArray();
        var kept = Enumerable.Range(0, parts.Length).Where(i => storing[i] != Storing.Nothing).ToArray();
        if (kept.Length == 0) kept = [0];
        using var reader = header.Open(chunk);
        while (reader.Read())
        {
            if (reader.FieldCount != parts.Length)
            {
                if (reader.RawRecord.Trim(" \t"u8).IsEmpty) continue;
                throw new InputException(
                    $"{source.Name}, line {LineAt(source, options, chunk.Offset + reader.ByteOffset)} has {reader.FieldCount} fields, the header {parts.Length}. " +
                    "Is a separator or a quote missing there?");
            }
            foreach (var i in kept) parts[i].Add(reader.GetSpan(i));
        }
        return parts;
    }

    static int ExpectedRows(CsvChunk first, Stream opened)
    {
        if (first.IsLast || !opened.CanSeek) return first.MostRows * 4;
        return (int)Math.Min(Array.MaxLength, first.MostRows * 1.05 * opened.Length / first.Length + 1000);
    }

    static void CheckText(TableSource source, ReadOptions options, CsvChunk chunk)
    {
        if (chunk.IsPlain) return;
        var bytes = chunk.Bytes.Span;
        var zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
            throw new InputException($"{source.Name} is no text: there is a zero byte on line {LineAt(source, options, chunk.Offset + zero)}. Is it another kind of file with this name?");
        if (Utf8.IsValid(bytes)) return;
        var valid = 0;
        while (Rune.DecodeFromUtf8(bytes[valid..], out _, out var used) == System.Buffers.OperationStatus.Done) valid += used;
        throw new InputException(
            $"{source.Name}, line {LineAt(source, options, chunk.Offset + valid)}: byte 0x{bytes[valid]:X2} is not UTF-8. " +
            "If the file is text in another encoding, say which (ReadOptions.Encoding = Encoding.Latin1), or save it as UTF-8.");
    }

    static long LineAt(TableSource source, ReadOptions options, long offset)
    {
        using var stream = Utf8Stream.Of(source.Open().Stream, options.Encoding);
        var buffer = new byte[1 << 16];
        var line = 1L;
        while (offset > 0 && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, offset)) is var read and > 0)
        {
            line += buffer.AsSpan(0, read).Count((byte)'\n');
            offset -= read;
        }
        return line;
    }
}
