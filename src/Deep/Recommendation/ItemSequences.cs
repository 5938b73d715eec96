using Kaggle.Core.Data;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Deep.Recommendation;

/// <summary>What each user had, one thing after the other.</summary>
/// <param name="Names">Who is at which place.</param>
/// <param name="Of">(users) places of items, the earliest first; a pair that stands there twice stays twice.</param>
sealed record ItemSequences(RatedNames Names, IReadOnlyList<int[]> Of)
{
    /// <param name="train">Rows in the order of their time; where they have none, or of one moment, in their own.</param>
    /// <param name="user">The column of users.</param>
    /// <param name="item">The column of items.</param>
    public static ItemSequences Made(Dataset train, string user, string item)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (names, users, items) = RatedNames.Of(train, user, item);
        var time = train.Time?.ToArray();
        var lists = names.Users.Select(_ => new List<int>()).ToArray();
        IEnumerable<int> rows = Enumerable.Range(0, train.Rows).Where(row => users[row] >= 0 && items[row] >= 0);
        foreach (var row in time is null ? rows : rows.OrderBy(row => time[row])) lists[users[row]].Add(items[row]);
        return new(names, [.. lists.Select(list => list.ToArray())]);
    }

    /// <summary>Runs of neighbouring items and, one place on, what came next: codes from 1, padded at the end with 0.</summary>
    /// <param name="length">Of a run; longer histories give several, the last of them whole.</param>
    /// <returns>(runs × length) each.</returns>
    public (long[] Had, long[] Next) Runs(int length)
    {
        var (had, next) = (new List<long>(), new List<long>());
        foreach (var items in Of)
            for (var end = items.Length; end > 1; end -= length)
            {
                var run = items.AsSpan(Math.Max(0, end - length - 1)..end);
                for (var i = 0; i < length; i++)
                {
                    had.Add(i + 1 < run.Length ? run[i] + 1 : 0);
                    next.Add(i + 1 < run.Length ? run[i + 1] + 1 : 0);
                }
            }
        return ([.. had], [.. next]);
    }

    /// <returns>(users × length) each user's last items, codes from 1, padded at the end with 0.</returns>
    public long[] Last(int length)
    {
        var last = new long[Of.Count * length];
        for (var user = 0; user < Of.Count; user++)
            foreach (var (i, item) in Of[user].TakeLast(length).Index()) last[user * length + i] = item + 1;
        return last;
    }
}
