using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Core.Data;

public sealed class FileLayoutTests : IDisposable
{
    readonly Files files = new();

    public void Dispose() => files.Dispose();

    /// <summary>A file of lines "id picture answer"; the last two lines are to be predicted.</summary>
    sealed record Lines : IFileLayout
    {
        public string Digest { get; init; } = "one";

        public string Holds => "a file rows.dat";

        public LaidOutTables? Read(string place)
        {
            var file = Path.Combine(place, "rows.dat");
            if (!File.Exists(file)) return null;
            var lines = File.ReadAllLines(file).Select(l => l.Split(' ')).ToArray();
            Table Of(string name, string[][] rows, bool answers) => new(
                new[] { "id", "picture", "answer" }.Take(answers ? 3 : 2).Select((column, i) => new TextValues(column, [.. rows.Select(r => r[i])])), name);
            return new(Of("rows.dat", lines[..^2], true), Of("rows.dat, the last two", lines[^2..], false))
            {
                Kinds = ImmutableDictionary<string, ColumnKind>.Empty.Add("picture", ColumnKind.Image),
                Digest = Digest,
                Solution = Of("rows.dat, the last two", lines[^2..], true).Without("picture"),
            };
        }
    }

    CompetitionFiles Found(Lines layout)
    {
        files.Write("here/rows.dat", "007 a.png cat\n008 b.png dog\n009 c.png cat\n010 d.png dog\n011 e.png cat\n");
        return CompetitionFiles.Find("Beasts", new() { KaggleData = files.Folder }, ["beasts", "here"], layout);
    }

    [Fact]
    public void A_layouts_tables_are_read_like_any_others()
    {
        var data = CompetitionData.Read(Found(new()), Target.Classes("answer"));

        Assert.Equal(["cat", "dog"], data.Train.Answers.Classes);
        Assert.Equal([0f, 1, 0], data.Train.Answers.Truth.Values.ToArray());
        Assert.Equal(["010", "011"], data.TestIds);
        var pictures = Assert.IsType<ImageColumn>(data.Train["picture"]);
        Assert.Equal(["a.png", "b.png", "c.png"], pictures.Sources.ToArray());
        Assert.Equal(new PicturePlace(files["here"], "one"), pictures.Place);
    }

    [Fact]
    public void Changed_pictures_are_a_changed_dataset()
    {
        string Hash(Lines layout)
        {
            var data = CompetitionData.Read(Found(layout), Target.Classes("answer"));
            return ContentHash.Of(data.Train, data.Test);
        }

        Assert.Equal(Hash(new()), Hash(new()));
        Assert.NotEqual(Hash(new()), Hash(new() { Digest = "two" }));
    }

    [Fact]
    public void A_folder_of_another_kind_is_refused_with_what_is_missing() =>
        Assert.Contains(
            $"{files.Folder} does not hold a file rows.dat, nor tables called train and test.",
            Files.Refused(() => CompetitionFiles.Find("Beasts", new() { Data = files.Folder }, layout: new Lines())));

    [Fact]
    public void Tables_made_in_memory_get_the_same_levels_in_all()
    {
        TableSource Made(string name, params string?[] colours) =>
            new(files.Folder) { Made = new([Kaggle.Core.Data.Table.Read(files.Write(name, "colour\n" + string.Join('\n', colours) + "\n"))["colour"]], name) };

        var tables = Table.ReadTogether([Made("a.csv", "red", "blue", "red"), Made("b.csv", "green", "blue")]);

        Assert.Equal(["blue", "green", "red"], Assert.IsType<CategoryValues>(tables[0]["colour"]).Levels);
        Assert.Equal([2, 0, 2], ((CategoryValues)tables[0]["colour"]).Codes.ToArray());
        Assert.Equal([1, 0], ((CategoryValues)tables[1]["colour"]).Codes.ToArray());
    }
}
