using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>How good lists of recommendations are that were chosen among all items: means over users who have something to be found.</summary>
/// <param name="Users">How many users that are.</param>
/// <param name="Recall">The share of what was to be found that is among the first k.</param>
/// <param name="Precision">The share of the first k that was to be found; k also divides where a list is shorter.</param>
/// <param name="Ndcg">Σ 1 / log₂(1 + place) of what was found, over that of the best list.</param>
/// <param name="Map">Σ precision at each place found / min(k, to be found).</param>
/// <param name="Mrr">One over the place of the first that was found, else 0.</param>
/// <param name="HitRate">The share of users with anything found.</param>
/// <param name="Coverage">The share of all items that anybody was told of.</param>
/// <param name="Novelty">The mean of −log₂(share of users who had the item), over all that was recommended: 0 is what everybody had.</param>
public sealed record TopListScores(
    int Users, double Recall, double Precision, double Ndcg, double Map, double Mrr, double HitRate, double Coverage, double Novelty)
{
    /// <param name="lists">(users) items, the best first; what a user had in training is not among them.</param>
    /// <param name="wanted">(users) the items that were to be found; a user without any is passed over.</param>
    /// <param name="k">How many places count.</param>
    /// <param name="had">(items) how many users had each in training.</param>
    /// <exception cref="InputException">The lengths differ, or nobody has anything to be found.</exception>
    public static TopListScores Of(IReadOnlyList<int[]> lists, IReadOnlyList<IReadOnlySet<int>> wanted, int k, ReadOnlySpan<int> had)
    {
        Require.AtLeast(1, k, "K");
        Require.SameLength(wanted.Count, lists.Count);
        var (recall, precision, ndcg, map, mrr, hits, users) = (0.0, 0.0, 0.0, 0.0, 0.0, 0, 0);
        var (told, novelty, named) = (new HashSet<int>(), 0.0, 0);
        for (var user = 0; user < lists.Count; user++)
        {
            var first = lists[user].AsSpan(0, Math.Min(k, lists[user].Length));
            foreach (var item in first)
            {
                told.Add(item);
                novelty += Math.Log2((double)lists.Count / Math.Max(1, had[item]));
                named++;
            }
            if (wanted[user].Count == 0) continue;
            users++;
            var (found, gain, precisions, best) = (0, 0.0, 0.0, 0.0);
            for (var place = 0; place < first.Length; place++)
            {
                if (!wanted[user].Contains(first[place])) continue;
                if (++found == 1) mrr += 1.0 / (place + 1);
                gain += 1 / Math.Log2(place + 2);
                precisions += (double)found / (place + 1);
            }
            for (var place = 0; place < Math.Min(k, wanted[user].Count); place++) best += 1 / Math.Log2(place + 2);
            recall += (double)found / wanted[user].Count;
            precision += (double)found / k;
            ndcg += gain / best;
            map += precisions / Math.Min(k, wanted[user].Count);
            if (found > 0) hits++;
        }
        if (users == 0) throw new InputException($"None of {lists.Count} users has anything to be found; lists cannot be judged.");
        return new(users, recall / users, precision / users, ndcg / users, map / users, mrr / users, (double)hits / users,
            had.Length == 0 ? 0 : (double)told.Count / had.Length, named == 0 ? 0 : novelty / named);
    }
}
