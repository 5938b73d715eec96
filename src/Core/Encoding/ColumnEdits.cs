using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Choosing and replacing the columns of a dataset.</summary>
static class ColumnEdits
{
    /// <returns>The columns of one kind, for the rows of this dataset: those named, or all when no name is given.</returns>
    /// <exception cref="InputException">A name is unknown or of another kind.</exception>
    public static IEnumerable<T> Chosen<T>(this Dataset rows, NameList? only) where T : Column =>
        only is null
            ? rows.Columns.OfType<T>().Select(c => rows.IsView ? (T)c.Take(rows.RowIndex) : c)
            : only.Select(name => rows[name].As<T>());

    /// <exception cref="InputException">The column is of another kind.</exception>
    public static T As<T>(this Column column) where T : Column => column as T ?? throw new InputException(
        $"Column '{column.Name}' holds {Called(column.GetType())}, and {Called(typeof(T))} are needed. State the column's kind, or leave it out.");

    /// <returns>The dataset with each column named changed into others, in its place.</returns>
    public static Dataset Replacing(this Dataset rows, IEnumerable<string> names, Func<Column, IEnumerable<Column>> change)
    {
        var chosen = names.ToHashSet();
        foreach (var name in chosen)
            if (!rows.Has(name)) _ = rows[name];             // says which columns there are
        return rows.WithColumns(rows.Columns.SelectMany(column =>
        {
            var here = rows.IsView ? column.Take(rows.RowIndex) : column;
            return chosen.Contains(column.Name) ? change(here) : [here];
        }));
    }

    public static NumberColumn Map(this NumberColumn column, Func<float, float> change)
    {
        var values = column.Values.Span;
        var changed = new float[values.Length];
        for (var i = 0; i < changed.Length; i++) changed[i] = change(values[i]);
        return new(column.Name, changed);
    }

    static string Called(Type kind) => kind.Name switch
    {
        nameof(NumberColumn) => "numbers",
        nameof(CategoryColumn) => "categories",
        nameof(DateColumn) => "dates",
        nameof(TextColumn) => "texts",
        _ => "pictures",
    };
}
