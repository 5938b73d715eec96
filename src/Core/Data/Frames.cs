using Microsoft.Data.Analysis;

namespace Kaggle.Core.Data;

/// <summary>Between a table and the <see cref="DataFrame"/> on which a competitor writes features.</summary>
/// <remarks>
/// Columns come as Int32 or Int64 (integers), Double (numbers), Boolean, DateTime and String (categories and texts);
/// a missing value is null. <see cref="Numbers"/> and <see cref="Texts"/> read a column whichever of these it is.
/// </remarks>
public static class Frames
{
    public static DataFrame ToDataFrame(this Table table) => new(table.Columns.Select(ToFrameColumn));

    /// <param name="frame">Its columns may be of any of the library's types.</param>
    /// <param name="name">For sentences.</param>
    /// <param name="kinds">The kinds of columns that are stated; strings otherwise become categories or text by how many differ.</param>
    /// <exception cref="InputException">A stated kind does not fit, or a column's type is none of a table's.</exception>
    public static Table ToTable(this DataFrame frame, string name = "features", IReadOnlyDictionary<string, ColumnKind>? kinds = null) =>
        new(frame.Columns.Select(c => Stated(FromFrameColumn(c), kinds, name)), name, (int)frame.Rows.Count);

    /// <returns>(rows) the column as numbers, NaN where missing; booleans as 0 and 1, dates in days.</returns>
    /// <exception cref="InputException">There is no such column, or it holds words.</exception>
    public static double[] Numbers(this DataFrame frame, string column)
    {
        var values = FromFrameColumn(Find(frame, column));
        return values switch
        {
            NumberValues numbers => numbers.Numbers.ToArray(),
            DateValues dates => Array.ConvertAll(dates.Ticks.ToArray(), t => t == DateColumn.Missing ? double.NaN : t / (double)TimeSpan.TicksPerDay),
            _ => throw new InputException($"Column '{column}' holds words, not numbers; read it with Texts(\"{column}\")."),
        };
    }

    /// <returns>(rows) the column as text, null where missing.</returns>
    /// <exception cref="InputException">There is no such column.</exception>
    public static string?[] Texts(this DataFrame frame, string column)
    {
        var found = Find(frame, column);
        if (found is StringDataFrameColumn strings) return [.. strings];
        var values = FromFrameColumn(found);
        return [.. Enumerable.Range(0, values.Rows).Select(values.TextAt)];
    }

    /// <summary>Adds a column, or replaces one in its place.</summary>
    /// <param name="numbers">(rows) NaN is missing.</param>
    public static DataFrame With(this DataFrame frame, string column, double[] numbers) => frame.With(ToFrameColumn(new NumberValues(column, ValueKind.Number, numbers)));

    /// <summary>Adds a column, or replaces one in its place.</summary>
    /// <param name="texts">(rows) null is missing.</param>
    public static DataFrame With(this DataFrame frame, string column, string?[] texts) => frame.With(new StringDataFrameColumn(column, texts!));

    static DataFrame With(this DataFrame frame, DataFrameColumn column)
    {
        frame[column.Name] = column;
        return frame;
    }

    static DataFrameColumn Find(DataFrame frame, string column) => frame.Columns.FirstOrDefault(c => c.Name == column)
        ?? throw new InputException($"The features' table has no column '{column}'. {Nearest.Hint(column, frame.Columns.Select(c => c.Name))}");

    static DataFrameColumn ToFrameColumn(TableColumn column) => column switch
    {
        NumberValues { Values: ValueKind.Boolean } booleans => Filled(new BooleanDataFrameColumn(column.Name, column.Rows), booleans.Numbers.Span, x => x != 0),
        NumberValues { Values: ValueKind.Integer } integers when integers.Range() is null or { Least: >= int.MinValue, Greatest: <= int.MaxValue } =>
            Filled(new Int32DataFrameColumn(column.Name, column.Rows), integers.Numbers.Span, x => (int)x),
        NumberValues { Values: ValueKind.Integer } integers => Filled(new Int64DataFrameColumn(column.Name, column.Rows), integers.Numbers.Span, x => (long)x),
        NumberValues numbers => Filled(new DoubleDataFrameColumn(column.Name, column.Rows), numbers.Numbers.Span, x => x),
        DateValues dates => new DateTimeDataFrameColumn(column.Name, Array.ConvertAll(dates.Ticks.ToArray(), t => t == DateColumn.Missing ? (DateTime?)null : new DateTime(t))),
        _ => new StringDataFrameColumn(column.Name, Enumerable.Range(0, column.Rows).Select(column.TextAt)!),
    };

    static PrimitiveDataFrameColumn<T> Filled<T>(PrimitiveDataFrameColumn<T> column, ReadOnlySpan<double> numbers, Func<double, T> convert) where T : unmanaged
    {
        for (var i = 0; i < numbers.Length; i++)
            if (!double.IsNaN(numbers[i])) column[i] = convert(numbers[i]);
        return column;
    }

    static TableColumn FromFrameColumn(DataFrameColumn column) => column switch
    {
        PrimitiveDataFrameColumn<bool> c => Numbered(c, ValueKind.Boolean, x => x ? 1 : 0),
        PrimitiveDataFrameColumn<byte> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<sbyte> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<short> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<ushort> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<int> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<uint> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<long> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<ulong> c => Numbered(c, ValueKind.Integer, x => x),
        PrimitiveDataFrameColumn<float> c => Numbered(c, ValueKind.Number, x => x),
        PrimitiveDataFrameColumn<double> c => Numbered(c, ValueKind.Number, x => x),
        PrimitiveDataFrameColumn<decimal> c => Numbered(c, ValueKind.Number, x => (double)x),
        PrimitiveDataFrameColumn<DateTime> c => new DateValues(c.Name, c.Select(x => x?.Ticks ?? DateColumn.Missing).ToArray()),
        PrimitiveDataFrameColumn<char> c => Levels.Words(c.Name, [.. c.Select(x => x?.ToString())]),
        StringDataFrameColumn c => Levels.Words(c.Name, [.. c.Select(x => string.IsNullOrEmpty(x) ? null : x)]),
        ArrowStringDataFrameColumn c => Levels.Words(c.Name, [.. Enumerable.Range(0, (int)c.Length).Select(i => string.IsNullOrEmpty(c[i]) ? null : c[i])]),
        _ => throw new InputException($"Column '{column.Name}' of the features holds values of the type {column.DataType.Name}; a table takes numbers, booleans, dates and strings."),
    };

    static NumberValues Numbered<T>(PrimitiveDataFrameColumn<T> column, ValueKind kind, Func<T, double> convert) where T : unmanaged
    {
        var numbers = new double[column.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = column[i] is { } value ? convert(value) : double.NaN;
        return new(column.Name, kind, numbers);
    }

    static TableColumn Stated(TableColumn column, IReadOnlyDictionary<string, ColumnKind>? kinds, string table) =>
        kinds is not null && kinds.TryGetValue(column.Name, out var kind) && kind != column.Kind ? column.As(kind, table) : column;
}
