using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Benchmarks.Recommendation;

/// <summary>MovieLens 100k as a dataset, and the ways in which others have divided it.</summary>
static class MovieLensRatings
{
    /// <summary>All of u.data, in its order.</summary>
    public static Dataset Read(string folder)
    {
        var lines = Lines(folder, "u.data");
        return new([Category("user", lines, 0), Category("item", lines, 1)], new(Target.Number("rating"), new(Floats(lines, 2), 1)),
            time: lines.Select(cells => long.Parse(cells[3], CultureInfo.InvariantCulture)).ToArray());
    }

    /// <summary>The published five: each row is judged in the fold whose uN.test holds it.</summary>
    public static IReadOnlyList<Fold> Published(string folder)
    {
        var place = Lines(folder, "u.data").Select((cells, row) => (Key: (cells[0], cells[1]), row)).ToDictionary(x => x.Key, x => x.row);
        return [.. Enumerable.Range(1, 5).Select(n => new Fold(n - 1, Rows(folder, $"u{n}.base", place), Rows(folder, $"u{n}.test", place)))];
    }

    static int[] Rows(string folder, string file, Dictionary<(string, string), int> place) =>
        [.. Lines(folder, file).Select(cells => place[(cells[0], cells[1])]).Order()];

    static string[][] Lines(string folder, string file) => [.. File.ReadLines(Path.Combine(folder, file)).Select(line => line.Split('\t'))];

    static CategoryColumn Category(string name, string[][] lines, int cell)
    {
        string[] levels = [.. lines.Select(cells => cells[cell]).Distinct().OrderBy(int.Parse)];
        var code = levels.Index().ToDictionary(l => l.Item, l => l.Index);
        return new(name, lines.Select(cells => code[cells[cell]]).ToArray(), [.. levels]);
    }

    static float[] Floats(string[][] lines, int cell) => [.. lines.Select(cells => float.Parse(cells[cell], CultureInfo.InvariantCulture))];
}
