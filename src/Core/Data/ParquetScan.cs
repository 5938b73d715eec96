using System.Globalization;
using Parquet;
using Parquet.Schema;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Core.Data;

/// <summary>Reads a Parquet file's columns: their types are the file's, only words are still divided into categories and text.</summary>
static class ParquetScan
{
    public static ScannedFile Read(TableSource source, Stream opened, ReadOptions options, Func<string, Storing?> wanted)
    {
        using var seekable = opened.CanSeek ? opened : Copy(opened);
        try { return ReadAsync(source, seekable, options, wanted).GetAwaiter().GetResult(); }
        catch (Exception cause) when (cause is not InputException and not OutOfMemoryException)
        {
            throw new InputException($"{source.Name} cannot be read as Parquet: {cause.Message}", cause);
        }
    }

    public static IEnumerable<string> Names(TableSource source, Stream opened) => Read(source, opened, ReadOptions.Default, _ => Storing.Nothing).Columns.Select(c => c.Name);

    static async Task<ScannedFile> ReadAsync(TableSource source, Stream stream, ReadOptions options, Func<string, Storing?> wanted)
    {
        await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true);
        var fields = reader.Schema.DataFields;
        if (fields.FirstOrDefault(f => f.IsArray || reader.Schema.Fields.All(top => top.Name != f.Name)) is { } nested)
            throw new InputException($"{source.Name}: column '{nested.Path}' holds lists or records; a table needs one value in each cell.");
        var rows = (int)reader.RowGroups.Sum(g => g.RowCount);
        if (rows == 0) throw new InputException($"{source.Name} has columns and no rows.");
        var alsoMissing = options.Missing.Select(m => TextEncoding.UTF8.GetBytes(m)).ToArray();
        var columns = new List<ScannedColumn>();
        foreach (var field in fields)
        {
            var readings = ReadingsOf(field.ClrType);
            var storing = wanted(field.Name) ?? TableReader.StoringOf(readings);
            var part = new ColumnPart(storing, CellStore.Made(storing, rows), 0, alsoMissing);
            if (storing != Storing.Nothing)
                foreach (var group in reader.RowGroups) await AddAsync(group, field, readings, part);
            columns.Add(new(field.Name, storing, [part], readings == Readings.Words || field.ClrType == typeof(decimal) ? readings : Readings.Any));
        }
        return new(source, columns, rows);
    }

    static Readings ReadingsOf(Type type) =>
        type == typeof(bool) ? Readings.Boolean | Readings.Words
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) ? Readings.IsoDate | Readings.Words
        : type == typeof(float) || type == typeof(double) || type == typeof(decimal) ? Readings.Number | Readings.Words
        : type == typeof(byte) || type == typeof(sbyte) || type == typeof(short) || type == typeof(ushort) || type == typeof(int)
            || type == typeof(uint) || type == typeof(long) || type == typeof(ulong) ? Readings.AnyNumber | Readings.Words
        : Readings.Words;

    static Task AddAsync(ParquetRowGroupReader group, DataField field, Readings readings, ColumnPart part) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Boolean => AddAsync<bool>(group, field, part, v => part.AddNumber(v ? 1 : 0, readings, v ? "true" : "false")),
        TypeCode.Byte => AddAsync<byte>(group, field, part, v => part.AddNumber(v, readings, null)),
        TypeCode.SByte => AddAsync<sbyte>(group, field, part, v => part.AddNumber(v, readings, null)),
        TypeCode.Int16 => AddAsync<short>(group, field, part, v => part.AddNumber(v, readings, null)),
        TypeCode.UInt16 => AddAsync<ushort>(group, field, part, v => part.AddNumber(v, readings, null)),
        TypeCode.Int32 => AddAsync<int>(group, field, part, v => part.AddNumber(v, readings, null)),
        TypeCode.UInt32 => AddAsync<uint>(group, field, part, v => part.AddNumber(v, readings, null)),
        TypeCode.Int64 => AddAsync<long>(group, field, part, v => part.AddNumber(v, IntegerReadings(Math.Abs((double)v)), v.ToString(CultureInfo.InvariantCulture))),
        TypeCode.UInt64 => AddAsync<ulong>(group, field, part, v => part.AddNumber(v, IntegerReadings(v), v.ToString(CultureInfo.InvariantCulture))),
        TypeCode.Single => AddAsync<float>(group, field, part, v => part.AddNumber(v, readings, v.ToString(CultureInfo.InvariantCulture))),
        TypeCode.Double => AddAsync<double>(group, field, part, v => part.AddNumber(v, readings, null)),
        TypeCode.Decimal => AddAsync<decimal>(group, field, part, v => part.AddNumber((double)v, readings, v.ToString(CultureInfo.InvariantCulture))),
        TypeCode.DateTime => AddAsync<DateTime>(group, field, part, v => part.AddMoment(v)),
        _ when field.ClrType == typeof(DateTimeOffset) => AddAsync<DateTimeOffset>(group, field, part, v => part.AddMoment(v.DateTime)),
        _ when field.ClrType == typeof(DateOnly) => AddAsync<DateOnly>(group, field, part, v => part.AddMoment(v.ToDateTime(default))),
        _ when field.ClrType == typeof(Guid) => AddAsync<Guid>(group, field, part, v => part.Add(TextEncoding.UTF8.GetBytes(v.ToString()))),
        _ when field.ClrType == typeof(TimeSpan) => AddAsync<TimeSpan>(group, field, part, v => part.Add(TextEncoding.UTF8.GetBytes(v.ToString("c", CultureInfo.InvariantCulture)))),
        _ when field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>) => AddTextsAsync(group, field, part),
        _ => throw new InputException($"Column '{field.Name}' holds values of the type {field.ClrType.Name}, which a table cannot; write it as text."),
    };

    static Readings IntegerReadings(double magnitude) =>
        (magnitude <= 1L << 53 ? Readings.AnyNumber : Readings.LongInteger | Readings.Number) | Readings.Words;

    static async Task AddAsync<T>(ParquetRowGroupReader group, DataField field, ColumnPart part, Action<T> add) where T : struct
    {
        if (field.IsNullable)
        {
            var values = new T?[group.RowCount];
            await group.ReadAsync<T>(field, values.AsMemory());
            foreach (var value in values)
                if (value is { } known) add(known);
                else part.Add([]);
        }
        else
        {
            var values = new T[group.RowCount];
            await group.ReadAsync<T>(field, values.AsMemory());
            foreach (var value in values) add(value);
        }
    }

    static async Task AddTextsAsync(ParquetRowGroupReader group, DataField field, ColumnPart part)
    {
        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory()!);
        foreach (var text in texts) part.Add(TextEncoding.UTF8.GetBytes(text?.Replace("\0", "") ?? ""));
    }

    static MemoryStream Copy(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
