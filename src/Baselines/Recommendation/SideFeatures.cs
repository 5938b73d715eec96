using Kaggle.Core.Data;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>What describes each user, or each item: itself, what it rated or who rated it, and side columns that are the same in all its rows.</summary>
/// <param name="Of">(ones) features and their values.</param>
/// <param name="With">(features) the ones that have each.</param>
/// <param name="Groups">Runs of neighbouring features that are of one kind, and so share a prior: where each begins.</param>
sealed record SideFeatures(RatedLists Of, RatedLists With, int[] Groups)
{
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
            if (SideCodes.Of(column, place, rated.Count) is { } codes)
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
}
