using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Trees;

/// <summary>One column as trees see it: its name, its kind and, of a category, the levels that were known.</summary>
sealed record TreeColumn(string Name, ColumnKind Kind, ImmutableArray<string> Levels);

/// <summary>The columns a tree learner was fitted on, and how rows become float32: numbers as they are, categories as codes, dates as days.</summary>
/// <remarks>Missing values and levels not known at fitting are NaN.</remarks>
sealed class TreeColumns
{
    public const ColumnKind Kinds = ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public delegate void RowReader(int row, Span<float> values);

    const string File = "columns.json";

    const int Block = 1024;                                    // rows filled at a time: a block of all columns stays in the cache

    static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).Ticks;

    public TreeColumns(ImmutableArray<TreeColumn> columns) => Columns = columns;

    public ImmutableArray<TreeColumn> Columns { get; }

    public int Count => Columns.Length;

    /// <exception cref="InputException">No column is of a kind that trees can use.</exception>
    public static TreeColumns Of(Dataset rows)
    {
        ImmutableArray<TreeColumn> columns =
            [.. from column in rows.Columns
                where Kinds.HasFlag(column.Kind)
                select new TreeColumn(column.Name, column.Kind, column is CategoryColumn category ? category.Levels : [])];
        return columns.Length > 0
            ? new(columns)
            : throw new InputException("No number, category or date column is left for the trees; give them one, or take them out of the learners.");
    }

    /// <returns>(rows, columns) float32, row after row.</returns>
    public float[] RowMajor(Dataset rows)
    {
        var values = new float[rows.Rows * Count];
        var readers = Readers(rows);
        for (var start = 0; start < rows.Rows; start += Block)
            for (var c = 0; c < Count; c++)
                readers[c].Read(start, Math.Min(Block, rows.Rows - start), values.AsSpan(start * Count + c), Count);
        return values;
    }

    /// <param name="rows">The rows to read.</param>
    /// <param name="column">The number of a column here.</param>
    /// <param name="values">(rows) filled with that column's values.</param>
    public void Read(Dataset rows, int column, Span<float> values) => Reader(rows, Columns[column]).Read(0, rows.Rows, values, 1);

    /// <returns>(rows) one column's values.</returns>
    public float[] Column(Dataset rows, int column)
    {
        var values = new float[rows.Rows];
        Read(rows, column, values);
        return values;
    }

    /// <returns>What fills (columns) values of the row asked for, straight from the dataset's memory; for one thread.</returns>
    public RowReader ReaderOf(Dataset rows)
    {
        var readers = Readers(rows);
        return (row, values) =>
        {
            for (var c = 0; c < readers.Length; c++) readers[c].Read(row, 1, values[c..], 1);
        };
    }

    public void Save(string folder) => ModelFile.WriteList(folder, File, Columns);

    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static TreeColumns Load(string folder) => new([.. ModelFile.ReadList<TreeColumn>(folder, File)]);

    ColumnReader[] Readers(Dataset rows) => [.. Columns.Select(c => Reader(rows, c))];

    static ColumnReader Reader(Dataset rows, TreeColumn column)
    {
        var view = rows.IsView ? RowNumbers(rows) : null;
        return (rows.Source[column.Name], column.Kind) switch
        {
            (NumberColumn number, ColumnKind.Number) => new NumberReader(number.Values, view),
            (CategoryColumn category, ColumnKind.Category) => new CategoryReader(category.Codes, CodesOf(category, column), view),
            (DateColumn date, ColumnKind.Date) => new DateReader(date.Ticks, view),
            (var other, _) => throw new InputException(
                $"Column '{column.Name}' was a {Word(column.Kind)} column when the trees were fitted and is a {Word(other.Kind)} column in these rows."),
        };
    }

    static string Word(ColumnKind kind) => kind.ToString().ToLowerInvariant();

    static int[] RowNumbers(Dataset rows) => rows.RowIndex.ToArray();

    /// <returns>For each code of the rows' column the code at fitting, −1 if the level was not known; null when they are the same.</returns>
    static int[]? CodesOf(CategoryColumn rows, TreeColumn fitted)
    {
        if (rows.Levels.AsSpan().SequenceEqual(fitted.Levels.AsSpan())) return null;
        var known = fitted.Levels.Select((level, code) => (level, code)).ToDictionary(x => x.level, x => x.code);
        return [.. rows.Levels.Select(level => known.GetValueOrDefault(level, -1))];
    }

    abstract class ColumnReader(int[]? view)
    {
        public void Read(int start, int count, Span<float> into, int stride)
        {
            if (view is null) ReadRange(start, count, into, stride);
            else ReadRows(view.AsSpan(start, count), into, stride);
        }

        protected abstract void ReadRange(int start, int count, Span<float> into, int stride);

        protected abstract void ReadRows(ReadOnlySpan<int> rows, Span<float> into, int stride);
    }

    sealed class NumberReader(ReadOnlyMemory<float> values, int[]? view) : ColumnReader(view)
    {
        protected override void ReadRange(int start, int count, Span<float> into, int stride)
        {
            var from = values.Span.Slice(start, count);
            if (stride == 1) from.CopyTo(into);
            else
                for (var i = 0; i < from.Length; i++) into[i * stride] = from[i];
        }

        protected override void ReadRows(ReadOnlySpan<int> rows, Span<float> into, int stride)
        {
            var from = values.Span;
            for (var i = 0; i < rows.Length; i++) into[i * stride] = from[rows[i]];
        }
    }

    sealed class CategoryReader(ReadOnlyMemory<int> codes, int[]? known, int[]? view) : ColumnReader(view)
    {
        protected override void ReadRange(int start, int count, Span<float> into, int stride)
        {
            var from = codes.Span.Slice(start, count);
            for (var i = 0; i < from.Length; i++) into[i * stride] = Value(from[i]);
        }

        protected override void ReadRows(ReadOnlySpan<int> rows, Span<float> into, int stride)
        {
            var from = codes.Span;
            for (var i = 0; i < rows.Length; i++) into[i * stride] = Value(from[rows[i]]);
        }

        float Value(int code)
        {
            if (known is not null && code >= 0) code = known[code];
            return code < 0 ? float.NaN : code;
        }
    }

    sealed class DateReader(ReadOnlyMemory<long> ticks, int[]? view) : ColumnReader(view)
    {
        protected override void ReadRange(int start, int count, Span<float> into, int stride)
        {
            var from = ticks.Span.Slice(start, count);
            for (var i = 0; i < from.Length; i++) into[i * stride] = Days(from[i]);
        }

        protected override void ReadRows(ReadOnlySpan<int> rows, Span<float> into, int stride)
        {
            var from = ticks.Span;
            for (var i = 0; i < rows.Length; i++) into[i * stride] = Days(from[rows[i]]);
        }

        // Days since 2000: float32 then still tells minutes of our century apart.
        static float Days(long moment) => moment == DateColumn.Missing ? float.NaN : (float)((moment - Epoch) / (double)TimeSpan.TicksPerDay);
    }
}
