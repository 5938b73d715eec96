using System.Collections.Immutable;
using CsvHelper;

namespace Kaggle.Core.Data;

/// <summary>The names on a file's first line, and the separator found there.</summary>
sealed record CsvHeader(TableSource Source, ImmutableArray<string> Names, char Separator)
{
    /// <exception cref="InputException">A name appears twice, or no row follows.</exception>
    public static CsvHeader Read(TableSource source, CsvChunk first, char? separator)
    {
        using var reader = CsvReader.Create(first.Bytes, new CsvReaderOptions { Separator = separator });
        reader.ReadHeader();
        if (reader.Headers.Count == 0) throw new InputException($"{source.Name} is empty.");
        // pandas writes its row numbers into a column without a name
        var names = reader.Headers.Select((name, i) => name.Trim() is { Length: > 0 } trimmed ? trimmed : $"Column{i + 1}").ToImmutableArray();
        var twice = names.GroupBy(n => n).Where(g => g.Count() > 1).ToArray();
        if (twice.Length > 0)
            throw new InputException(
                $"{source.Name}, line 1: " + string.Join(" and ", twice.Select(g =>
                    $"column '{g.Key}' appears {g.Count()} times (fields {string.Join(", ", names.Index().Where(n => n.Item == g.Key).Select(n => n.Index + 1))})")) +
                "; give each column a name of its own.");
        if (!reader.Read()) throw new InputException($"{source.Name} has a header and no rows.");
        return new(source, names, reader.Separator);
    }

    /// <returns>A reader before the chunk's first data record.</returns>
    public CsvReader Open(CsvChunk chunk) => CsvReader.Create(chunk.Bytes, new CsvReaderOptions
    {
        Separator = Separator,
        HasHeader = chunk.Number == 0,
        DetectSeparatorHint = chunk.Number == 0,
        OnMalformedRecord = !chunk.IsLast ? null : record =>
        {
            if (record.Reason == CsvMalformedReason.UnterminatedQuote)
                throw new InputException($"{Source.Name}: the quote that opens near byte {chunk.Offset + record.ByteOffset} is never closed.");
        },
    });
}
