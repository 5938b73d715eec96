using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>train.csv whose id or path column names pictures that lie beside it in a folder or zip; test.csv or the sample submission names the others.</summary>
static class NamedByTable
{
    public static LaidOutTables? Read(FileTree tree, string place, ImageFiles files)
    {
        var tables = new TopTables(tree, place);
        if (tables.Find("train", "training", "labels", "train_labels") is not { } learned || !tree.Images.Any()) return null;
        TableSource[] sources = [.. new[] { learned, tables.Find("test") }.OfType<TableSource>()];
        var read = Table.ReadTogether(sources);
        // As they are written: 0001 is no number 1 where it names a picture.
        var written = Table.ReadTogether(sources, ReadOptions.Default with { Kinds = read.SelectMany(t => t.Names).Distinct().ToImmutableDictionary(n => n, _ => ColumnKind.Text) });
        var places = new PicturePlaces(tree.Images);
        // Of several the one that tells most pictures apart: labels 0 and 1 name 0.png and 1.png too.
        if (written[0].Columns.Where(c => IsKey(c, places)).MaxBy(c => First(c).Distinct().Count()) is not { } key)
            return ClassFolders.Fits(tree) || !tree.Images.Any(n => n.Contains('/')) ? null : throw NamesNone(written[0], tree, place);
        var sample = tables.Sample();
        var train = read[0].With(key);
        var test = read.Length > 1 ? read[1].With(written[1][key.Name]) : Unlisted(tree, key, sample, places);
        // The submission's ids are the sample's, by its name.
        if (sample is { Columns: [{ Name: var asked }, ..] } && !test.Has(asked) && !train.Has(asked)) (train, test, key) = (Renamed(train, key.Name, asked), Renamed(test, key.Name, asked), key.Named(asked));
        var picture = new[] { files.Picture, "picture", "picture file", "picture path" }.First(n => !train.Has(n) && !test.Has(n));
        var sourcesOfTrain = Sources(key, places, FolderPart.Train);
        return new(train.With(new TextValues(picture, sourcesOfTrain)), test.With(new TextValues(picture, Asked(test[key.Name], places, sourcesOfTrain))))
        {
            Kinds = ImmutableDictionary<string, ColumnKind>.Empty.Add(picture, ColumnKind.Image).Add(key.Name, ColumnKind.Text),
            Digest = tree.Digest(tree.Images),
            SampleSubmission = sample,
            Id = IdOf(train, test, sample, key),
        };
    }

    // Most of the first hundred: a few pictures may be missing, which is said later, of all at once.
    static bool IsKey(TableColumn column, PicturePlaces places)
    {
        var first = First(column);
        return first.Count > 0 && first.Count(text => places.Find(text, FolderPart.Train) is not null) > first.Count / 2;
    }

    static List<string> First(TableColumn column) => [.. Enumerable.Range(0, Math.Min(100, column.Rows)).Select(column.TextAt).OfType<string>()];

    /// <returns>Without test.csv: what the sample asks for, else the pictures that train does not name, called as train calls its own.</returns>
    static Table Unlisted(FileTree tree, TableColumn key, Table? sample, PicturePlaces places)
    {
        if (sample is not null) return new([sample.Columns[0].Named(key.Name)], sample.Name);
        var listed = Sources(key, places, FolderPart.Train);
        var used = listed.ToHashSet();
        var like = Enumerable.Range(0, key.Rows).Where(i => listed[i] is not null && tree.Has(listed[i]!)).Select(key.TextAt).First()!;
        string[] others = [.. tree.Images.Where(n => !used.Contains(n))], ofTest = [.. others.Where(n => FolderWords.PartOfPath(n) == FolderPart.Test)];
        return new([new TextValues(key.Name, [.. (ofTest.Length > 0 ? ofTest : others).Select(n => PicturePlaces.Like(like, n))])], "the pictures that train.csv does not name");
    }

    /// <returns>(rows) the pictures; where there is none the cell itself, to be named as missing.</returns>
    static string?[] Sources(TableColumn names, PicturePlaces places, FolderPart part) =>
        [.. Enumerable.Range(0, names.Rows).Select(i => names.TextAt(i) is { } text ? places.Find(text, part) ?? text : null)];

    /// <returns>(rows) the pictures to predict: one that train.csv names under train/ is the training row's, though no test/ is there.</returns>
    static string?[] Asked(TableColumn names, PicturePlaces places, string?[] train)
    {
        var learned = train.OfType<string>().Where(n => FolderWords.PartOfPath(n) == FolderPart.Train).ToHashSet();
        var found = Sources(names, places, FolderPart.Test);
        return [.. found.Select((source, i) => source is not null && learned.Contains(source) && names.TextAt(i) is var text && FolderWords.PartOfPath(text!) != FolderPart.Train ? text : source)];
    }

    /// <returns>What names a submission's rows: the sample's column, else one called id, else the one that names the pictures, where each has its own; null: the rows' numbers.</returns>
    static string? IdOf(Table train, Table test, Table? sample, TableColumn key) =>
        sample?.Names.FirstOrDefault(test.Has)
        ?? test.Names.FirstOrDefault(n => train.Has(n) && n.ToLowerInvariant() is "id" or "row_id")
        ?? (test[key.Name] is var names && Enumerable.Range(0, names.Rows).Select(names.TextAt).Distinct().Count() == names.Rows ? key.Name : null);

    static Table Renamed(Table table, string from, string to) => new(table.Columns.Select(c => c.Name == from ? c.Named(to) : c), table.Name, table.Rows);

    static InputException NamesNone(Table train, FileTree tree, string place)
    {
        var cells = train.Rows == 0 ? "it has no rows" : $"its first row says {string.Join(", ", train.Columns.Take(6).Select(c => $"{c.Name} = '{c.TextAt(0)}'"))}";
        return new($"{train.Name} names none of the {tree.Images.Count()} pictures in {place} (the first is {tree.Images.First()}): {cells}. " +
            "One column must hold each picture's path, its file name, or its name without extension; add it, or move the table away if it is not about the pictures.");
    }
}
