using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Kaggle.Core.Data;

/// <summary>Where a competition's files may lie; the first that is given or exists counts.</summary>
public sealed record DataPlaces
{
    /// <summary>The folder, or zip, that the user named (--data).</summary>
    public string? Data { get; init; }

    /// <summary>The folder of all competitions (the variable KAGGLE_DATA); this one's is a folder or zip in it.</summary>
    public string? KaggleData { get; init; }

    /// <summary>competitions/Name: data/ in it holds the real files, sample/ the embedded ones.</summary>
    public string? Project { get; init; }

    /// <summary>The program's own folder: sample/ lies there too when it was published.</summary>
    public string? Program { get; init; }
}

/// <summary>The files of a competition, found by their names.</summary>
/// <param name="Folder">The folder or zip that holds them.</param>
/// <param name="IsSample">These are the embedded, simulated ones.</param>
/// <param name="Said">One sentence: which files these are and, of the sample, how to get the real ones.</param>
public sealed partial record CompetitionFiles(
    string Folder, bool IsSample, string Said, TableSource Train, TableSource Test, TableSource? SampleSubmission = null, TableSource? Solution = null)
{
    /// <summary>The kinds of columns that a layout knows.</summary>
    public ImmutableDictionary<string, ColumnKind> Kinds { get; init; } = ImmutableDictionary<string, ColumnKind>.Empty;

    /// <summary>A layout's hash over the bytes that the tables only name.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The id's column, where a layout knows it; null: the names tell.</summary>
    public string? Id { get; init; }

    /// <summary>What a layout did not take, and why.</summary>
    public ImmutableArray<Warning> Warnings { get; init; } = [];

    /// <param name="competition">The declared name: "HousePrices".</param>
    /// <param name="places">Where to look.</param>
    /// <param name="folders">The folder's names under KAGGLE_DATA, the first Kaggle's own name of the competition; null: "house-prices".</param>
    /// <param name="layout">How other files than train.csv and test.csv become tables; null: only those count.</param>
    /// <param name="realFiles">What to do for the real files, one sentence; null: they are Kaggle's, of the competition that the first folder is called after.</param>
    /// <exception cref="InputException">A folder that was named lacks files, or nothing is found anywhere.</exception>
    public static CompetitionFiles Find(string competition, DataPlaces places, IReadOnlyList<string>? folders = null, IFileLayout? layout = null, string? realFiles = null)
    {
        if (folders is null or []) folders = [Kebab(competition)];
        var folder = folders[0];
        if (places.Data is { } named)
        {
            var place = PlaceOf(named, folder);
            if (place is null) throw new InputException($"--data {named}: there is no such folder or zip.");
            return In(place, layout, $"Data from {place}.") ?? throw Lacking(place, layout);
        }
        if (places.KaggleData is { Length: > 0 } all)
            foreach (var name in folders)
                if (PlaceOf(Path.Combine(all, name), name) is { } ofKaggle)
                    return In(ofKaggle, layout, $"Data from {ofKaggle} (KAGGLE_DATA).") ?? throw Lacking(ofKaggle, layout);
        if (places.Project is { } project && PlaceOf(Path.Combine(project, "data"), folder) is { } own && In(own, layout, $"Data from {own}.") is { } real)
            return real;

        var get = realFiles ?? $"For the real files: kaggle competitions download -c {folder}, then --data with the folder or zip, or unpack them into competitions/{competition}/data.";
        foreach (var root in new[] { places.Project, places.Program })
            if (root is not null && Path.Combine(root, "sample") is var sample && Directory.Exists(sample))
                return (In(sample, layout, $"This is the embedded sample, simulated, not {(realFiles is null ? "Kaggle's" : "real")} data. {get}") ?? throw Lacking(sample, layout)) with { IsSample = true };
        throw new InputException($"No data for {competition}: there is no --data, no folder '{folder}' under KAGGLE_DATA, no competitions/{competition}/data and no embedded sample. {get}");
    }

    /// <returns>"HousePrices" → "house-prices".</returns>
    public static string Kebab(string name) => Humps().Replace(name, "-").ToLowerInvariant();

    /// <returns>The folder, or the one zip that stands for it; null when there is neither.</returns>
    static string? PlaceOf(string path, string folder)
    {
        if (File.Exists(path)) return path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? path : throw new InputException($"{path} is a file; name its folder, or a zip.");
        if (File.Exists(path + ".zip")) return path + ".zip";
        if (!Directory.Exists(path)) return null;
        if (Tables(path).Any(t => IsTrain(t.Bare))) return path;
        foreach (var inner in new[] { Path.Combine(path, folder + ".zip"), Path.Combine(path, folder) })
            if (File.Exists(inner) || Directory.Exists(inner)) return inner;
        var zips = Directory.GetFiles(path, "*.zip");
        return zips.Length == 1 && TableSource.InZip(zips[0]).Any(t => IsTrain(TableSource.BareName(t.Entry!))) ? zips[0] : path;
    }

    static CompetitionFiles? In(string place, IFileLayout? layout, string said)
    {
        if (layout?.Read(place) is { } made)
            return new(place, false, said, Of(made.Train), Of(made.Test), made.SampleSubmission is { } s ? Of(s) : null, made.Solution is { } a ? Of(a) : null)
            {
                Kinds = made.Kinds,
                Digest = made.Digest,
                Id = made.Id,
                Warnings = made.Warnings,
            };
        TableSource Of(Table table) => new(place) { Made = table };
        var tables = Tables(place).ToArray();
        TableSource? Find(Func<string, bool> isIt) => tables.Where(t => isIt(t.Bare)).OrderBy(t => t.Bare.Length).ThenBy(t => t.Source.Name, StringComparer.Ordinal).FirstOrDefault().Source;
        return Find(IsTrain) is not { } train || Find(IsTest) is not { } test ? null
            : new(place, false, said, train, test, Find(name => name.Contains("submission", StringComparison.OrdinalIgnoreCase)), Find(name => Is(name, "solution")));
    }

    static InputException Lacking(string place, IFileLayout? layout)
    {
        if (layout is not null) return new($"{place} does not hold {layout.Holds}, nor tables called train and test.");
        var tables = Tables(place).ToArray();
        var lacks = new List<string>();
        if (!tables.Any(t => IsTrain(t.Bare))) lacks.Add("train.csv");
        if (!tables.Any(t => IsTest(t.Bare))) lacks.Add("test.csv");
        var there = tables.Length == 0 ? "no table at all" : string.Join(", ", tables.Select(t => t.Source.Entry ?? t.Source.Name).Take(12));
        return new($"{place} has no {string.Join(" and no ", lacks)} (.tsv, .parquet, .csv.gz and .zip count too). It holds {there}.");
    }

    static IEnumerable<(TableSource Source, string Bare)> Tables(string place)
    {
        if (File.Exists(place))
            foreach (var table in TableSource.InZip(place)) yield return (table, TableSource.BareName(table.Entry!));
        else
            foreach (var file in Directory.GetFiles(place).Order(StringComparer.Ordinal))
                if (TableSource.IsTable(file) || (file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && IsOneTable(file)))
                    yield return (new(file), TableSource.BareName(file));
    }

    // train.zip may be one table packed, or a folder of images
    static bool IsOneTable(string zip) => (IsTrain(TableSource.BareName(zip)) || IsTest(TableSource.BareName(zip))) && TableSource.InZip(zip).Count == 1;

    static bool IsTrain(string name) => Is(name, "train") || Is(name, "training");

    static bool IsTest(string name) => Is(name, "test");

    static bool Is(string name, string word) => name.Equals(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Humps();
}
