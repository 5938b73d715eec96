using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Benchmarks.LightGbm;

/// <summary>Adult's 48,842 rows, train and test together; row i belongs to fold i mod 5.</summary>
static class Adult
{
    const int Folds = 5;

    public static Dataset Read(string folder)
    {
        string[] files = [Path.Combine(folder, "train.csv"), Path.Combine(folder, "test.csv")];
        string[][] rows = [.. files.SelectMany(f => File.ReadLines(f).Skip(1)).Select(line => line.Split(','))];
        var names = File.ReadLines(files[0]).First().Split(',');
        var columns = Enumerable.Range(0, names.Length - 1).Select(c => Column(names[c], [.. rows.Select(r => r[c])]));
        float[] income = [.. rows.Select(r => r[^1] == ">50K" ? 1f : 0f)];
        return new(columns, new(Target.Binary("income"), new(income, 1)));
    }

    public static IEnumerable<(Dataset Train, Dataset Validation)> Split(Dataset all) =>
        from fold in Enumerable.Range(0, Folds)
        let rows = Enumerable.Range(0, all.Rows)
        select (all.Take([.. rows.Where(i => i % Folds != fold)]), all.Take([.. rows.Where(i => i % Folds == fold)]));

    static Column Column(string name, string[] texts)
    {
        if (texts.All(t => float.TryParse(t, CultureInfo.InvariantCulture, out _)))
            return new NumberColumn(name, Array.ConvertAll(texts, t => float.Parse(t, CultureInfo.InvariantCulture)));
        string[] levels = [.. texts.Where(t => t != "?").Distinct().Order(StringComparer.Ordinal)];
        return new CategoryColumn(name, Array.ConvertAll(texts, t => Array.IndexOf(levels, t)), [.. levels]);
    }
}
