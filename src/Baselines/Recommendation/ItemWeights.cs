using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>How much each item that a user had speaks for each other: (items × items), row after row.</summary>
static class ItemWeights
{
    /// <summary>Beyond this the matrix alone takes over a gigabyte and a half.</summary>
    public const int MostItems = 20_000;

    /// <exception cref="Core.Data.InputException">There are too many items.</exception>
    public static void RequireFew(int items, string learner)
    {
        if (items > MostItems)
            throw new Core.Data.InputException($"{learner} keeps a number for each two of {items} items; from {MostItems} on that is too much memory. Use ImplicitAls or BprFactors.");
    }

    /// <returns>(items)(items) how many users had both; on the diagonal, how many had the one.</returns>
    public static float[][] Together(RatedPairs pairs, int threads, CancellationToken cancel)
    {
        var counts = new float[pairs.ByItem.Count][];
        Parallel.For(0, counts.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel }, item =>
        {
            var row = counts[item] = new float[counts.Length];
            foreach (var user in pairs.ByItem.Others(item))
                foreach (var other in pairs.ByUser.Others(user)) row[other]++;
        });
        return counts;
    }
}
