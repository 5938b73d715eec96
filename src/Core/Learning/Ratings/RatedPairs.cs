using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>Who rated what and how, one entry a pair; a pair that was rated often counts once, by its mean.</summary>
/// <remarks>Rows that lack a user or an item count for <see cref="Mean"/> and nothing else.</remarks>
public sealed class RatedPairs
{
    RatedPairs(RatedNames names, int[] users, int[] items, float[] ratings, double mean, float least, float most)
    {
        (Names, Users, Items, Ratings, Mean, Least, Most) = (names, users, items, ratings, mean, least, most);
        ByUser = RatedLists.Of(names.Users.Length, users, items, ratings);
        ByItem = RatedLists.Of(names.Items.Length, items, users, ratings);
    }

    public RatedNames Names { get; }

    /// <summary>(pairs) the user's place.</summary>
    public int[] Users { get; }

    /// <summary>(pairs) the item's place.</summary>
    public int[] Items { get; }

    /// <summary>(pairs) on the learned scale.</summary>
    public float[] Ratings { get; }

    /// <summary>Of all rows.</summary>
    public double Mean { get; }

    /// <summary>The least rating met; none is predicted below it.</summary>
    public float Least { get; }

    public float Most { get; }

    /// <summary>Each user's items and ratings.</summary>
    public RatedLists ByUser { get; }

    /// <summary>Each item's users and ratings.</summary>
    public RatedLists ByItem { get; }

    /// <exception cref="InputException">There are no rows or several answers a row, or a column of users or items is missing.</exception>
    public static RatedPairs Of(Dataset train, string user, string item)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var answers = train.Answers.Learned;
        if (answers.Columns != 1) throw new InputException($"One rating belongs to a user and an item, but the target has {answers.Columns} columns; declare one of them.");
        var (names, users, items) = RatedNames.Of(train, user, item);
        var ratings = answers.Values.Span;
        var (sum, least, most) = (0.0, float.PositiveInfinity, float.NegativeInfinity);
        var pairs = new Dictionary<long, (int At, int Times)>(train.Rows);
        var (u, i, r) = (new List<int>(train.Rows), new List<int>(train.Rows), new List<float>(train.Rows));
        for (var row = 0; row < ratings.Length; row++)
        {
            sum += ratings[row];
            (least, most) = (Math.Min(least, ratings[row]), Math.Max(most, ratings[row]));
            if (users[row] < 0 || items[row] < 0) continue;
            var key = (long)users[row] * names.Items.Length + items[row];
            if (pairs.TryGetValue(key, out var met))
            {
                pairs[key] = met with { Times = met.Times + 1 };
                r[met.At] += (ratings[row] - r[met.At]) / (met.Times + 1);
                continue;
            }
            pairs[key] = (u.Count, 1);
            u.Add(users[row]);
            i.Add(items[row]);
            r.Add(ratings[row]);
        }
        return new(names, [.. u], [.. i], [.. r], sum / ratings.Length, least, most);
    }
}
