using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <param name="Id">As a submission names it.</param>
/// <param name="Source">The picture's file, or file#number.</param>
/// <param name="Label">Null where it is not known.</param>
readonly record struct LabelledImage(string Id, string Source, string? Label);

/// <summary>From lists of pictures to a competition's tables.</summary>
static class LabelledImages
{
    /// <param name="files">The columns' names.</param>
    /// <param name="train">With labels.</param>
    /// <param name="test">Their labels, where all are known, become the solution.</param>
    /// <param name="names">Where the rows come from, for sentences.</param>
    /// <param name="digest">Over the pictures' bytes.</param>
    /// <param name="sample">The sample submission, where there is one.</param>
    public static LaidOutTables Tables(
        ImageFiles files, IReadOnlyList<LabelledImage> train, IReadOnlyList<LabelledImage> test, (string Train, string Test) names, string digest, Table? sample = null)
    {
        var known = test.Count > 0 && test.All(t => t.Label is not null);
        var asked = sample?.Columns[0].Name;
        var id = asked is null || asked == files.Label || asked == files.Picture ? files.Id : asked;
        return new(Of(train, names.Train, id, files.Label, files.Picture), Of(test, names.Test, id, null, files.Picture))
        {
            Id = id,
            Kinds = ImmutableDictionary<string, ColumnKind>.Empty.Add(files.Picture, ColumnKind.Image),
            Digest = digest,
            SampleSubmission = sample,
            Solution = known ? Of(test, names.Test, id, files.Label, null) : null,
        };
    }

    static Table Of(IReadOnlyList<LabelledImage> rows, string name, string id, string? label, string? picture)
    {
        List<TableColumn> columns = [new TextValues(id, [.. rows.Select(r => r.Id)])];
        if (label is not null) columns.Add(new TextValues(label, [.. rows.Select(r => r.Label)]).As(ColumnKind.Category));
        if (picture is not null) columns.Add(new TextValues(picture, [.. rows.Select(r => r.Source)]));
        return new(columns, name);
    }

    /// <summary>Gives the test pictures the ids by which the sample submission calls them: with or without folder and extension.</summary>
    /// <exception cref="InputException">None of these ways fits all its ids.</exception>
    public static List<LabelledImage> AsSampled(List<LabelledImage> test, Table? sample)
    {
        if (sample is null) return test;
        var ids = sample.Columns[0];
        var asked = Enumerable.Range(0, ids.Rows).Select(i => ids.TextAt(i) ?? "").ToHashSet();
        Func<string, string>[] ways = [id => id, id => Path.GetFileName(id), id => Path.GetFileNameWithoutExtension(id), id => id[..^Path.GetExtension(id).Length]];
        foreach (var way in ways)
            if (test.Select(t => way(t.Id)).ToHashSet().SetEquals(asked)) return [.. test.Select(t => t with { Id = way(t.Id) })];
        var strange = asked.FirstOrDefault(a => !test.Any(t => ways.Any(way => way(t.Id) == a)));
        throw new InputException(strange is null
            ? $"{sample.Name} asks for {asked.Count} of the {test.Count} test pictures; they should be the same."
            : $"{sample.Name} asks for '{strange}', and no test picture is called so, with or without folder and extension.");
    }
}
