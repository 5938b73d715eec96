using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kaggle.Core.Data;

/// <summary>SHA-256 over what a dataset holds: equal bytes, equal hash, on every machine of one endianness.</summary>
public static class ContentHash
{
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(Dataset train, Dataset? test)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, train);
        if (test is not null) Add(hash, test);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <returns>64 hexadecimal digits over the parts in order.</returns>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts) Add(hash, part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <returns>64 hexadecimal digits over row numbers.</returns>
    public static string Of(ReadOnlySpan<int> rows) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(rows)));

    static void Add(IncrementalHash hash, Dataset rows)
    {
        Add(hash, $"{rows.Rows} rows, {rows.Columns.Length} columns");
        foreach (var source in rows.Columns)
        {
            var column = rows.IsView ? source.Take(rows.RowIndex) : source;
            Add(hash, $"{column.Kind} {column.Name}");
            switch (column)
            {
                case NumberColumn number: Add(hash, number.Values.Span); break;
                case DateColumn date: Add(hash, date.Ticks.Span); break;
                case TextColumn text: Add(hash, text.Texts.Span); break;
                case ImageColumn image:
                    Add(hash, image.Place?.Digest);         // not the folder: the same pictures elsewhere are the same dataset
                    Add(hash, image.Sources.Span);
                    break;
                case CategoryColumn category:
                    foreach (var level in category.Levels) Add(hash, level);
                    Add(hash, category.Codes.Span);
                    break;
            }
        }
        if (rows.Target is { } target)
        {
            Add(hash, $"{target.Target} {target.Scale} {string.Join('\n', target.Classes)}");
            Add(hash, target.Truth.Values.Span);
        }
        if (rows.Weights is { } weights) Add(hash, weights.Span);
        if (rows.Groups is { } groups) Add(hash, groups.Span);
        if (rows.Time is { } time) Add(hash, time.Span);
    }

    static void Add<T>(IncrementalHash hash, ReadOnlySpan<T> values) where T : unmanaged
    {
        hash.AppendData(BitConverter.GetBytes(values.Length));
        hash.AppendData(MemoryMarshal.AsBytes(values));
    }

    static void Add(IncrementalHash hash, ReadOnlySpan<string?> texts)
    {
        hash.AppendData(BitConverter.GetBytes(texts.Length));
        foreach (var text in texts) Add(hash, text);
    }

    static void Add(IncrementalHash hash, string? text)
    {
        hash.AppendData(BitConverter.GetBytes(text?.Length ?? -1));      // the length apart: "a" "bc" is not "ab" "c"
        if (text is not null) hash.AppendData(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
