using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>Gives tables that were made in memory the schema that files get when they are read together: one kind and the same levels for a column.</summary>
static class MadeTables
{
    public static ImmutableArray<Table> Together(IReadOnlyList<Table> tables, ReadOptions options)
    {
        Table[] shared = [.. tables];
        foreach (var name in tables.SelectMany(t => t.Names).Distinct())
        {
            int[] with = [.. Enumerable.Range(0, shared.Length).Where(i => shared[i].Has(name))];
            var kind = options.Kinds.TryGetValue(name, out var stated) ? AsRead(stated) : Common([.. with.Select(i => shared[i][name].Kind)]);
            foreach (var i in with) shared[i] = shared[i].With(shared[i][name].As(kind, shared[i].Name));
            if (kind == ColumnKind.Category) ShareLevels(shared, with, name);
        }
        return [.. shared];
    }

    static ColumnKind AsRead(ColumnKind stated) => stated == ColumnKind.Image ? ColumnKind.Text : stated;

    static ColumnKind Common(ColumnKind[] kinds) =>
        kinds.All(k => k == kinds[0]) ? kinds[0] : kinds.Contains(ColumnKind.Text) ? ColumnKind.Text : ColumnKind.Category;

    static void ShareLevels(Table[] tables, int[] with, string name)
    {
        var columns = Array.ConvertAll(with, i => (CategoryValues)tables[i][name]);
        if (columns.All(c => c.Levels.SequenceEqual(columns[0].Levels))) return;
        string?[] texts = [.. columns.SelectMany(c => Enumerable.Range(0, c.Rows).Select(c.TextAt))];
        var all = Levels.Category(name, texts);
        for (int i = 0, start = 0; i < with.Length; start += columns[i++].Rows)
            tables[with[i]] = tables[with[i]].With(new CategoryValues(name, all.Codes.Slice(start, columns[i].Rows), all.Levels));
    }
}
