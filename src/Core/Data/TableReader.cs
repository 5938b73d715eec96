using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Kaggle.Core.Data;

/// <summary>From cells to tables: settles each column's kind over all files, reads again what was kept otherwise, shares the levels.</summary>
static class TableReader
{
    public static ImmutableArray<Table> Read(IReadOnlyList<TableSource> sources, ReadOptions options)
    {
        if (sources.Any(s => s.Made is not null))
            return MadeTables.Together([.. sources.Select(s => s.Made ?? Read([s], options)[0])], options);
        var files = sources.Select(s => Scan(s, options, name => Stated(options, name))).ToArray();
        var names = files.SelectMany(f => f.Columns.Select(c => c.Name)).Distinct().ToArray();
        var settled = names.ToDictionary(n => n, n => Settle(files, options, n));

        // A column whose later cells broke the guess is read once more, alone; a date may break two guesses.
        for (var pass = 0; pass < 4; pass++)
        {
            var again = false;
            for (var f = 0; f < files.Length; f++)
            {
                var wrong = files[f].Columns.Where(c => c.Storing != settled[c.Name].Storing).Select(c => c.Name).ToHashSet();
                if (wrong.Count == 0) continue;
                again = true;
                var reread = Scan(sources[f], options, name => wrong.Contains(name) ? settled[name].Storing : Storing.Nothing);
                files[f] = files[f] with { Columns = [.. files[f].Columns.Select((c, i) => wrong.Contains(c.Name) ? reread.Columns[i].Knowing(c.Shared) : c)] };
            }
            if (!again) break;
            settled = names.ToDictionary(n => n, n => Settle(files, options, n));
        }

        var columns = new Dictionary<string, TableColumn[]>();
        var gathered = new TableColumn[names.Length][];
        Parallel.For(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, i =>
            gathered[i] = Gather(names[i], settled[names[i]].Kind, [.. files.Select(f => f.Columns.FirstOrDefault(c => c.Name == names[i])).OfType<ScannedColumn>()]));
        foreach (var (name, perFile) in names.Zip(gathered)) columns[name] = perFile;

        var next = names.ToDictionary(n => n, _ => 0);
        return [.. files.Select(f => new Table(f.Columns.Select(c => columns[c.Name][next[c.Name]++]).ToArray(), f.Source.Name, f.Rows) { Source = f.Source })];
    }

    /// <returns>A file's column names, without reading its rows.</returns>
    public static string[] Names(TableSource source, ReadOptions options) => source.Made is { } made ? [.. made.Names] :
        [.. Open(source, (stream, name) => IsParquet(name) ? ParquetScan.Names(source, stream) : CsvScan.Names(source, stream, IsTabs(name), options))];

    public static Storing StoringOf(Readings shared) => KindOf(shared) switch
    {
        ValueKind.Date => (shared & Readings.IsoDate) != 0 ? Storing.IsoDates
            : (shared & Readings.MonthFirst) != 0 ? Storing.MonthFirstDates : Storing.DayFirstDates,
        ValueKind.Text => Storing.Words,
        _ => Storing.Numbers,
    };

    /// <summary>Text stands for words here: whether they are a category shows only when all are counted.</summary>
    public static ValueKind KindOf(Readings shared) =>
        shared == Readings.Any ? ValueKind.Number
        : (shared & Readings.Integer) != 0 ? ValueKind.Integer
        : (shared & Readings.LongInteger) != 0 ? ValueKind.Text
        : (shared & Readings.Number) != 0 ? ValueKind.Number
        : (shared & Readings.Boolean) != 0 ? ValueKind.Boolean
        : (shared & Readings.AnyDate) != 0 ? ValueKind.Date
        : ValueKind.Text;

    static ScannedFile Scan(TableSource source, ReadOptions options, Func<string, Storing?> wanted) => Open(source, (stream, name) =>
        IsParquet(name) ? ParquetScan.Read(source, stream, options, wanted) : CsvScan.Read(source, stream, IsTabs(name), options, wanted));

    static bool IsParquet(string name) => name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    static bool IsTabs(string name) => name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);

    static T Open<T>(TableSource source, Func<Stream, string, T> read)
    {
        var (stream, name) = source.Open();
        using (stream)
        {
            try { return read(stream, name); }
            catch (InvalidDataException cause) { throw new InputException($"{source.Name} cannot be unpacked ({cause.Message}); fetch it again.", cause); }
            catch (IOException cause) { throw new InputException($"{source.Path} cannot be read: {cause.Message}", cause); }
        }
    }

    static Storing? Stated(ReadOptions options, string name) => options.Kinds.TryGetValue(name, out var kind)
        ? kind switch { ColumnKind.Number => Storing.Numbers, ColumnKind.Date => null, _ => Storing.Words }
        : null;

    readonly record struct Settled(Storing Storing, ValueKind? Kind);

    /// <returns>How a column is to be kept, and its kind; null where the levels decide between category and text.</returns>
    static Settled Settle(ScannedFile[] files, ReadOptions options, string name)
    {
        var columns = files.SelectMany(f => f.Columns.Where(c => c.Name == name).Select(c => (File: f, Column: c))).ToArray();
        var shared = columns.Aggregate(Readings.Any, (all, c) => all & c.Column.Shared);
        if (!options.Kinds.TryGetValue(name, out var stated))
        {
            var kind = KindOf(shared);
            return new(StoringOf(shared), kind == ValueKind.Text ? null : kind);
        }
        switch (stated)
        {
            case ColumnKind.Category: return new(Storing.Words, ValueKind.Category);
            case ColumnKind.Text or ColumnKind.Image: return new(Storing.Words, ValueKind.Text);
            case ColumnKind.Date:
                if ((shared & Readings.AnyDate) == 0) throw Against(columns, name, "a date", Readings.AnyDate, shared);
                return new(StoringOf(shared & (Readings.AnyDate | Readings.Words)), ValueKind.Date);
            default:
                if ((shared & (Readings.Number | Readings.Boolean)) == 0) throw Against(columns, name, "a number", Readings.Number | Readings.Boolean, shared);
                return new(Storing.Numbers, KindOf(shared) is var number and (ValueKind.Integer or ValueKind.Boolean) ? number : ValueKind.Number);
        }
    }

    static InputException Against((ScannedFile File, ScannedColumn Column)[] columns, string name, string what, Readings needed, Readings shared)
    {
        foreach (var (file, column) in columns)
            if (column.FirstWord() is { } word)
                return new($"{file.Source.Name}, line {file.Source.LineOf(word.Row)}, column '{name}': '{word.Text}' is not {what}. " +
                           $"If it means missing, say so (ReadOptions.Missing); if the column holds other things too, do not state its kind.");
        return new($"{columns[0].File.Source.Name}, column '{name}' does not hold {what} throughout ({shared & ~needed}); do not state its kind.");
    }

    static TableColumn[] Gather(string name, ValueKind? kind, ScannedColumn[] columns) => kind switch
    {
        ValueKind.Number or ValueKind.Integer or ValueKind.Boolean => Array.ConvertAll(columns, c =>
            (TableColumn)new NumberValues(name, kind.Value, Joined(c, p => p.Numbers))),
        ValueKind.Date => Array.ConvertAll(columns, c => (TableColumn)new DateValues(name, Joined(c, p => p.Ticks))),
        _ => GatherWords(name, kind, columns),
    };

    /// <returns>The cells of all parts one after the other: where they lie when they do already, else a copy.</returns>
    public static Memory<T> Joined<T>(ScannedColumn column, Func<ColumnPart, Memory<T>> cells)
    {
        var parts = column.Parts.Select(cells).ToArray();
        if (MemoryMarshal.TryGetArray<T>(parts[0], out var first))
        {
            var end = first.Offset;
            if (parts.All(p => MemoryMarshal.TryGetArray<T>(p, out var part) && part.Array == first.Array && part.Offset == end && (end += part.Count) >= 0))
                return first.Array.AsMemory(first.Offset, column.Rows);
        }
        var all = GC.AllocateUninitializedArray<T>(column.Rows);
        var start = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(all.AsSpan(start));
            start += part.Length;
        }
        return all;
    }

    static TableColumn[] GatherWords(string name, ValueKind? kind, ScannedColumn[] columns)
    {
        if (kind is null) kind = Levels.AreText(columns) ? ValueKind.Text : ValueKind.Category;
        if (kind == ValueKind.Category)
        {
            var (levels, codes) = Levels.Shared(columns);
            return [.. codes.Select(c => new CategoryValues(name, c, levels))];
        }
        return Array.ConvertAll(columns, c => (TableColumn)new TextValues(name, c.Rows, new Lazy<string?[]>(() => Texts(c))));
    }

    static string?[] Texts(ScannedColumn column)
    {
        var texts = new string?[column.Rows];
        var row = 0;
        foreach (var part in column.Parts)
        {
            var levels = new string[part.Levels.Count];
            foreach (var code in part.Codes.Span)
                texts[row++] = code < 0 ? null : levels[code] ??= part.Levels.Text(code);
        }
        return texts;
    }
}
