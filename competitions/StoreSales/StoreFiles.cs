using System.Collections.Immutable;

namespace Kaggle.Competitions.StoreSales;

/// <summary>Kaggle's files of weekly sales: train and test, and beside them features by store and week, and stores. The id is Store_Dept_Date.</summary>
public sealed record StoreFiles : IFileLayout
{
    static readonly string[] Key = ["Store", "Dept", "Date"];

    public string Holds => "Kaggle's train, test, features and stores (.csv, packed or not)";

    public LaidOutTables? Read(string place)
    {
        if (Find(place, "train") is not { } train || Find(place, "test") is not { } test) return null;
        var tables = Table.ReadTogether([train, test]);
        var (features, stores) = (Joined(place, "features"), Joined(place, "stores"));
        Table With(Table table)
        {
            foreach (var column in Key) _ = table[column];              // says which one is missing
            if (features is not null) table = Beside(table, features, ["Store", "Date"]);
            if (stores is not null) table = Beside(table, stores, ["Store"]);
            return table.With(new TextValues("Id", Keys(table, Key)));
        }
        return new(With(tables[0]), With(tables[1]))
        {
            SampleSubmission = Find(place, "sample_submission", "sampleSubmission") is { } sample ? Table.ReadTogether([sample])[0] : null,
            Solution = Find(place, "solution") is { } solution ? Table.ReadTogether([solution])[0] : null,
            Kinds = ImmutableDictionary<string, ColumnKind>.Empty.Add("Store", ColumnKind.Category).Add("Dept", ColumnKind.Category),
        };
    }

    static Table? Joined(string place, string name) => Find(place, name) is { } source ? Table.ReadTogether([source])[0] : null;

    static TableSource? Find(string place, params string[] names)
    {
        IEnumerable<TableSource> sources = File.Exists(place) ? TableSource.InZip(place)
            : Directory.GetFiles(place).Order(StringComparer.Ordinal).Where(TableSource.IsTable).Select(file => new TableSource(file));
        return sources.FirstOrDefault(s => names.Contains(TableSource.BareName(s.Entry ?? s.Path), StringComparer.OrdinalIgnoreCase));
    }

    /// <returns>The table with the other's columns, where the key is the same; missing where the other has no such row.</returns>
    static Table Beside(Table table, Table other, string[] key)
    {
        var row = new Dictionary<string, int>();
        foreach (var (i, text) in Keys(other, key).Index())
            if (!row.TryAdd(text, i)) throw new InputException($"{other.Name}, line {other.LineOf(i)}: {string.Join(", ", key)} stand there twice ({text}).");
        var found = Array.ConvertAll(Keys(table, key), text => row.GetValueOrDefault(text, -1));
        foreach (var column in other.Columns.Where(c => !key.Contains(c.Name) && !table.Has(c.Name))) table = table.With(Taken(column, found));
        return table;
    }

    static TableColumn Taken(TableColumn column, int[] rows) => column switch
    {
        NumberValues numbers => new NumberValues(column.Name, numbers.Values, Array.ConvertAll(rows, r => r < 0 ? double.NaN : numbers.Numbers.Span[r])),
        DateValues dates => new DateValues(column.Name, Array.ConvertAll(rows, r => r < 0 ? DateColumn.Missing : dates.Ticks.Span[r])),
        CategoryValues category => new CategoryValues(column.Name, Array.ConvertAll(rows, r => r < 0 ? -1 : category.Codes.Span[r]), category.Levels),
        _ => new TextValues(column.Name, Array.ConvertAll(rows, r => r < 0 ? null : column.TextAt(r))),
    };

    static string[] Keys(Table table, string[] key)
    {
        TableColumn[] columns = [.. key.Select(name => table[name])];
        return [.. Enumerable.Range(0, table.Rows).Select(row => string.Join('_', columns.Select(c => c.TextAt(row))))];
    }
}
