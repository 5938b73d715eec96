using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>The tables that lie beside the folder of pictures, or beside what wraps it; packed one by one or not.</summary>
sealed class TopTables(FileTree tree, string place)
{
    readonly string[] names = [.. Wrapping.Of([.. tree.Images]).SelectMany(folder => tree.Names.Where(n => IsIn(folder, n) && TableSource.IsTable(n))).Distinct()];

    /// <param name="bare">Without folders and extension, the likeliest first.</param>
    /// <returns>Null when none of them is there.</returns>
    public TableSource? Find(params ReadOnlySpan<string> bare)
    {
        foreach (var word in bare)
            if (names.FirstOrDefault(n => TableSource.BareName(n).Equals(word, StringComparison.OrdinalIgnoreCase)) is { } name) return At(name);
        return null;
    }

    /// <returns>The sample submission, its ids as they are written; null when there is none.</returns>
    public Table? Sample()
    {
        if (names.FirstOrDefault(n => Path.GetFileName(n).Contains("submission", StringComparison.OrdinalIgnoreCase)) is not { } name) return null;
        var read = Table.ReadTogether([At(name)])[0];
        return Table.ReadTogether([At(name)], ReadOptions.Default.With(read.Columns[0].Name, ColumnKind.Text))[0];
    }

    TableSource At(string name) => File.Exists(place) ? new(place, name) : TableSource.At(Path.Combine(place, name));

    // labels.csv.zip counts as a folder here.
    static bool IsIn(string folder, string name) => name.StartsWith(folder, StringComparison.Ordinal) && name[folder.Length..].Split('/') switch
    {
        [_] => true,
        [var zip, _] => zip.EndsWith(".zip", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
