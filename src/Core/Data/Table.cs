using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>What stands in a file: named columns of values, immutable, before features and without a target's meaning.</summary>
public sealed class Table
{
    readonly ImmutableDictionary<string, TableColumn> byName;

    /// <param name="columns">All of the same length, with different names.</param>
    /// <param name="name">Where the rows come from, for sentences: "train.csv".</param>
    /// <param name="rows">Needed only when there is no column.</param>
    public Table(IEnumerable<TableColumn> columns, string name = "table", int? rows = null)
    {
        Columns = [.. columns];
        Name = name;
        Rows = rows ?? (Columns.Length > 0 ? Columns[0].Rows : 0);
        if (Columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InputException($"{name}: column '{twice.Key}' appears {twice.Count()} times; names must differ.");
        if (Columns.FirstOrDefault(c => c.Rows != Rows) is { } uneven)
            throw new InputException($"{name}: column '{uneven.Name}' has {uneven.Rows} rows, the others {Rows}.");
        byName = Columns.ToImmutableDictionary(c => c.Name);
    }

    /// <summary>Where the rows come from, for sentences.</summary>
    public string Name { get; }

    public ImmutableArray<TableColumn> Columns { get; }

    public int Rows { get; }

    public IEnumerable<string> Names => Columns.Select(c => c.Name);

    /// <summary>The file behind these rows; null for a table made in memory.</summary>
    internal TableSource? Source { get; init; }

    public bool Has(string column) => byName.ContainsKey(column);

    public TableColumn? Find(string column) => byName.GetValueOrDefault(column);

    /// <exception cref="InputException">No column has that name.</exception>
    public TableColumn this[string column] => Find(column) ?? throw new InputException($"{Name} has no column '{column}'. {Nearest.Hint(column, Names)}");

    /// <returns>The rows asked for, in that order.</returns>
    public Table Take(ReadOnlySpan<int> rows)
    {
        var numbers = rows.ToArray();
        return new(Columns.Select(c => c.Take(numbers)), Name, numbers.Length);
    }

    public Table Without(params IEnumerable<string> columns)
    {
        var out_ = columns.ToHashSet();
        return new(Columns.Where(c => !out_.Contains(c.Name)), Name, Rows) { Source = Source };
    }

    /// <returns>The same rows with one column more, or one replaced in its place.</returns>
    public Table With(TableColumn column) =>
        new(Has(column.Name) ? Columns.Select(c => c.Name == column.Name ? column : c) : Columns.Append(column), Name, Rows) { Source = Source };

    /// <returns>These rows, then the other's: the columns that both have, which must be of one kind (as <see cref="ReadTogether"/> makes them).</returns>
    public Table Stack(Table other) => new(Columns.Where(c => other.Has(c.Name)).Select(c => c.Stack(other[c.Name])), Name, Rows + other.Rows);

    /// <summary>Reads .csv, .tsv, .txt and .parquet, also inside .gz and .zip; kinds are inferred over the whole file.</summary>
    /// <param name="file">A path; of a file inside an archive: archive.zip/file.csv.</param>
    /// <exception cref="InputException">The file is missing, empty, ragged, no text, or against a stated kind.</exception>
    public static Table Read(string file, ReadOptions? options = null) => ReadTogether([TableSource.At(file)], options)[0];

    /// <summary>Reads several files of one competition with one schema: a column has the same kind and the same levels in all of them.</summary>
    public static ImmutableArray<Table> ReadTogether(IReadOnlyList<TableSource> files, ReadOptions? options = null) =>
        TableReader.Read(files, options ?? ReadOptions.Default);

    /// <param name="kinds">Where a text is stated to be a picture's path, it becomes an image.</param>
    /// <param name="pictures">Where those pictures lie.</param>
    /// <returns>Columns as learners see them.</returns>
    public ImmutableArray<Column> ToColumns(IReadOnlyDictionary<string, ColumnKind>? kinds = null, PicturePlace? pictures = null) => [.. Columns.Select(c =>
        c is TextValues texts && kinds?.GetValueOrDefault(c.Name) == ColumnKind.Image ? new ImageColumn(c.Name, texts.Texts, pictures) : c.ToColumn())];

    /// <returns>The line of the file on which a row begins, the header's being 1; for a table made in memory the row's number, from 1.</returns>
    public long LineOf(int row) => Source?.LineOf(row) ?? row + 1;
}
