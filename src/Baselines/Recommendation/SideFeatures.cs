using Kaggle.Core.Data;

namespace Kaggle.Baselines.Recommendation;

/// <summary>What describes each user, or each item: itself, what it rated or who rated it, and side columns that are the same in all its rows.</summary>
/// <param name="Of">(ones) features and their values.</param>
/// <param name="With">(features) the ones that have each.</param>
/// <param name="Groups">Runs of neighbouring features that are of one kind, and so share a prior: where each begins.</param>
sealed record SideFeatures(RatedLists Of, RatedLists With, int[] Groups)
{
    /// <summary>A number column of more different values is cut at its quantiles.</summary>
    const int Few = 24, Parts = 10;

    public int Count => With.Count;

    /// <param name="rated">Each one's pairs.</param>
    /// <param name="others">How many there are on the other side.</param>
    /// <param name="implied">Whether the pairs themselves, whatever the ratings, describe.</param>
    /// <param name="place">(rows) the one of each row, or unknown.</param>
    /// <param name="columns">Side columns of the rows.</param>
    public static SideFeatures Made(RatedLists rated, int others, bool implied, int[] place, IEnumerable<Column> columns)
    {
        var (of, feature, value) = (new List<int>(), new List<int>(), new List<float>());
        var groups = new List<int>();
        var next = 0;
        Group(rated.Count, (one, add) => add(one, 1));
        if (implied)
            Group(others, (one, add) =>
            {
                foreach (var other in rated.Others(one)) add(other, 1 / MathF.Sqrt(rated.Length(one)));
            });
        foreach (var column in columns)
            if (Constant(Codes(column), place, rated.Count) is { } codes)
                Group(codes.Max() + 1, (one, add) =>
                {
                    if (codes[one] >= 0) add(codes[one], 1);
                });
        return new(
            RatedLists.Of(rated.Count, [.. of], [.. feature], [.. value]),
            RatedLists.Of(next, [.. feature], [.. of], [.. value]), [.. groups]);

        void Group(int features, Action<int, Action<int, float>> describe)
        {
            if (features == 0) return;
            groups.Add(next);
            for (var one = 0; one < rated.Count; one++)
                describe(one, (which, how) =>
                {
                    of.Add(one);
                    feature.Add(next + which);
                    value.Add(how);
                });
            next += features;
        }
    }

    /// <returns>(ones) the code that all rows of each one have; null where rows of one differ, or nothing is known.</returns>
    static int[]? Constant(int[] codes, int[] place, int ones)
    {
        var met = new int[ones];
        Array.Fill(met, -1);
        for (var row = 0; row < codes.Length; row++)
        {
            if (place[row] < 0 || codes[row] < 0) continue;
            ref var code = ref met[place[row]];
            if (code >= 0 && code != codes[row]) return null;
            code = codes[row];
        }
        return met.Any(code => code >= 0) ? met : null;
    }

    static int[] Codes(Column column)
    {
        if (column is CategoryColumn category) return category.Codes.ToArray();
        var values = ((NumberColumn)column).Values.ToArray();
        float[] different = [.. values.Where(v => !float.IsNaN(v)).Distinct().Order()];
        if (different.Length > Few) different = [.. Enumerable.Range(0, Parts).Select(part => different[part * different.Length / Parts])];
        return Array.ConvertAll(values, v => float.IsNaN(v) ? -1 : Array.BinarySearch(different, v) is var at && at >= 0 ? at : Math.Max(0, ~at - 1));
    }
}
