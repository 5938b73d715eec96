using System.Globalization;
using System.IO.Compression;
using Kaggle.Core.Data;

namespace Kaggle.Benchmarks.Tabular;

/// <summary>Tables that papers report scores on, as those papers use them.</summary>
static class StandardTables
{
    /// <summary>48,842 rows: train.csv, then test.csv.</summary>
    public static Dataset Adult(string folder)
    {
        var csv = Csv(Path.Combine(folder, "train.csv"), Path.Combine(folder, "test.csv"));
        return new(csv.Where(c => c.Key != "income").Select(c => Column(c.Key, c.Value)), new(Target.Binary("income"), Answers(csv["income"], t => t == ">50K" ? 1 : 0)));
    }

    /// <summary>Pace and Barry's blocks with the eight columns that scikit-learn gives them: rooms, bedrooms and people for each household; values in $100,000.</summary>
    public static Dataset California(string folder)
    {
        var csv = Csv(Path.Combine(folder, "housing.csv"));
        float[] Of(string name) => Numbers(csv[name]);
        float[] Each(string name) => [.. Of(name).Zip(Of("households"), (x, households) => x / households)];
        return new(
            [
                new NumberColumn("MedInc", Of("medianIncome")), new NumberColumn("HouseAge", Of("housingMedianAge")),
                new NumberColumn("AveRooms", Each("totalRooms")), new NumberColumn("AveBedrms", Each("totalBedrooms")),
                new NumberColumn("Population", Of("population")), new NumberColumn("AveOccup", Each("population")),
                new NumberColumn("Latitude", Of("latitude")), new NumberColumn("Longitude", Of("longitude")),
            ],
            new(Target.Number("MedHouseVal"), Answers(csv["medianHouseValue"], t => Number(t) / 100_000)));
    }

    public static Dataset Diamonds(string folder)
    {
        var csv = Csv(Path.Combine(folder, "diamonds.csv"));
        return new(csv.Where(c => c.Key != "price").Select(c => Column(c.Key, c.Value)), new(Target.Number("price"), Answers(csv["price"], Number)));
    }

    public static Dataset CreditDefault(string folder)
    {
        var csv = Csv(Path.Combine(folder, "credit_default.csv"));
        string[] categories = ["SEX", "EDUCATION", "MARRIAGE"];
        return new(
            csv.Where(c => c.Key is not ("ID" or "default_next_month")).Select(c => categories.Contains(c.Key) ? Category(c.Key, c.Value) : Column(c.Key, c.Value)),
            new(Target.Binary("default_next_month"), Answers(csv["default_next_month"], Number)));
    }

    public static Dataset ForestCover(string folder)
    {
        var csv = Csv(Path.Combine(folder, "train.csv"));
        return new(
            csv.Where(c => c.Key is not ("Id" or "Cover_Type")).Select(c => Column(c.Key, c.Value)),
            new(Target.Classes("Cover_Type"), Answers(csv["Cover_Type"], t => Number(t) - 1), ["1", "2", "3", "4", "5", "6", "7"]));
    }

    /// <summary>Network connections of 23 kinds, two thirds of which are repetitions: each row counts once, 145,585 in all.</summary>
    public static Dataset KddCup(string folder)
    {
        var csv = Csv(distinct: true, Path.Combine(folder, "kddcup99_10pct.csv.gz"));
        string[] classes = [.. csv["label"].Distinct().Order(StringComparer.Ordinal)];
        return new(
            csv.Where(c => c.Key != "label").Select(c => Column(c.Key, c.Value)),
            new(Target.Classes("label"), Answers(csv["label"], t => Array.IndexOf(classes, t)), [.. classes]));
    }

    // None of these files quotes a comma.
    static Dictionary<string, string[]> Csv(params string[] files) => Csv(distinct: false, files);

    static Dictionary<string, string[]> Csv(bool distinct, params string[] files)
    {
        static string[] Cells(string line) => [.. line.Split(',').Select(cell => cell.Trim('"'))];
        var lines = files.SelectMany(f => Lines(f).Skip(1));
        string[][] rows = [.. (distinct ? lines.Distinct() : lines).Select(Cells)];
        return Cells(Lines(files[0]).First()).Select((name, c) => (name, c)).ToDictionary(h => h.name, h => Array.ConvertAll(rows, r => r[h.c]));
    }

    static IEnumerable<string> Lines(string file)
    {
        using var stream = File.OpenRead(file);
        using var text = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        while (text.ReadLine() is { } line) yield return line;
    }

    static Column Column(string name, string[] texts) =>
        texts.All(t => float.TryParse(t, CultureInfo.InvariantCulture, out _)) ? new NumberColumn(name, Numbers(texts)) : Category(name, texts);

    static CategoryColumn Category(string name, string[] texts)
    {
        string[] levels = [.. texts.Where(t => t != "?").Distinct().Order(StringComparer.Ordinal)];
        return new(name, Array.ConvertAll(texts, t => Array.IndexOf(levels, t)), [.. levels]);
    }

    static Matrix Answers(string[] texts, Converter<string, float> convert) => new(Array.ConvertAll(texts, convert), 1);

    static float[] Numbers(string[] texts) => Array.ConvertAll(texts, Number);

    static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
