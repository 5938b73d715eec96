using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>train.csv whose id or path column names pictures that lie beside it in a folder or zip; test.csv or the sample submission names the others.</summary>
static class NamedByTable
{
    public static LaidOutTables? Read(FileTree tree, string place, ImageFiles files)
    {
        var train = Top(tree, "train") ?? Top(tree, "training") ?? Top(tree, "labels") ?? Top(tree, "train_labels");
        if (train is null || !tree.Images.Any()) return null;
        var sample = LabelledImages.Sample(tree, place);
        var test = Top(tree, "test") is { } named ? LabelledImages.At(place, named) : null;
        var tables = Table.ReadTogether([.. new[] { LabelledImages.At(place, train), test }.OfType<TableSource>()]);
        var places = new PicturePlaces(tree.Images);
        if (tables[0].Columns.FirstOrDefault(c => Names(c, places, "train")) is not { } key) return null;
        var of = tables.Length > 1 ? tables[1] : Unlisted(tree, key, tables[0], sample, places);
        return new(WithPictures(tables[0], key.Name, places, files, "train"), WithPictures(of, key.Name, places, files, "test"))
        {
            Kinds = ImmutableDictionary<string, ColumnKind>.Empty.Add(files.Picture, ColumnKind.Image).Add(key.Name, ColumnKind.Text),
            Digest = tree.Digest(tree.Images),
            SampleSubmission = sample,
        };
    }

    static string? Top(FileTree tree, string bare) => tree.Names.FirstOrDefault(n => !n.Contains('/') && TableSource.IsTable(n) && TableSource.BareName(n).Equals(bare, StringComparison.OrdinalIgnoreCase));

    // Most of the first hundred: a few pictures may be missing, which is said later, of all at once.
    static bool Names(TableColumn column, PicturePlaces places, string part)
    {
        var first = Enumerable.Range(0, Math.Min(100, column.Rows)).Select(column.TextAt).OfType<string>().ToList();
        return first.Count > 0 && first.Count(text => places.Find(text, part) is not null) > first.Count / 2;
    }

    /// <returns>Without test.csv: what the sample asks for, else the pictures that train does not name.</returns>
    static Table Unlisted(FileTree tree, TableColumn key, Table train, Table? sample, PicturePlaces places)
    {
        if (sample is not null) return new([sample.Columns[0].As(ColumnKind.Text).Named(key.Name)], sample.Name);
        var used = Enumerable.Range(0, train.Rows).Select(i => places.Find(key.TextAt(i) ?? "", "train")).ToHashSet();
        return new([new TextValues(key.Name, [.. tree.Images.Where(n => !used.Contains(n)).Select(n => (string?)Path.GetFileName(n))])], "the pictures that train.csv does not name");
    }

    static Table WithPictures(Table table, string key, PicturePlaces places, ImageFiles files, string part)
    {
        var names = table[key].As(ColumnKind.Text);
        return table.With(names).With(new TextValues(files.Picture, [.. Enumerable.Range(0, table.Rows).Select(i => names.TextAt(i) is { } text ? places.Find(text, part) ?? text : null)]));
    }

    /// <summary>Pictures by path, by file name, and by name without extension; of two in folders of train and of test the one that fits.</summary>
    sealed class PicturePlaces(IEnumerable<string> images)
    {
        readonly ILookup<string, string> byKey = images
            .SelectMany(n => new[] { n, Path.GetFileName(n), Path.GetFileNameWithoutExtension(n) }.Distinct().Select(k => (Key: k, Name: n)))
            .ToLookup(x => x.Key, x => x.Name);

        public string? Find(string text, string part)
        {
            text = text.Replace('\\', '/').TrimStart('.', '/');
            var found = byKey[text];
            return found.FirstOrDefault(n => n.StartsWith(part, StringComparison.OrdinalIgnoreCase) || n.Contains("/" + part, StringComparison.OrdinalIgnoreCase))
                ?? found.FirstOrDefault() ?? (text.Contains('/') ? byKey[Path.GetFileName(text)].FirstOrDefault(n => n.EndsWith(text, StringComparison.Ordinal)) : null);
        }
    }
}
