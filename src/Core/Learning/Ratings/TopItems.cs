namespace Kaggle.Core.Learning.Ratings;

/// <summary>The items that suit each user best, by exact search over all of them.</summary>
/// <remarks>Block by block: a block of scores is looked through while it is in the cache, so memory does not grow with users × items.</remarks>
public static class TopItems
{
    const int UsersAtOnce = 48, ItemsAtOnce = 1024;

    /// <param name="model">Whose scores count.</param>
    /// <param name="seen">Items that a user had already and is not to be told of; null: all may be named.</param>
    /// <param name="count">How many of each user; fewer where fewer are left.</param>
    /// <param name="threads">How many work on it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>(users)(count) places of items, the best first; of equals the first.</returns>
    public static int[][] Of(IRanksItems model, RatedLists? seen, int count, int threads, CancellationToken cancel = default)
    {
        var (users, items) = (model.Names.Users.Length, model.Names.Items.Length);
        var best = new int[users][];
        var blocks = (users + UsersAtOnce - 1) / UsersAtOnce;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel }, () => new BestSoFar[UsersAtOnce], (block, _, kept) =>
        {
            int[] who = [.. Enumerable.Range(block * UsersAtOnce, Math.Min(UsersAtOnce, users - block * UsersAtOnce))];
            for (var i = 0; i < who.Length; i++) (kept[i] ??= new(count)).Clear();
            var scores = new float[who.Length * Math.Min(ItemsAtOnce, items)];
            for (var first = 0; first < items; first += ItemsAtOnce)
            {
                var width = Math.Min(ItemsAtOnce, items - first);
                var part = scores.AsSpan(0, who.Length * width);
                model.Score(who, first, part);
                for (var i = 0; i < who.Length; i++)
                {
                    var row = part.Slice(i * width, width);
                    if (seen is not null) Hide(seen.Others(who[i]), first, row);
                    kept[i].Look(row, first);
                }
            }
            for (var i = 0; i < who.Length; i++) best[who[i]] = kept[i].InOrder();
            return kept;
        }, _ => { });
        return best;
    }

    static void Hide(ReadOnlySpan<int> items, int first, Span<float> row)
    {
        foreach (var item in items)
            if ((uint)(item - first) < (uint)row.Length) row[item - first] = float.NegativeInfinity;
    }
}
