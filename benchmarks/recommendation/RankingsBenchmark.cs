using System.Diagnostics;
using System.Globalization;
using Kaggle.Baselines.Recommendation;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Recommendation;

namespace Kaggle.Benchmarks.Recommendation;

/// <summary>Top ten over all items on MovieLens 100k.</summary>
/// <remarks>
/// By the protocol of recommenders-team/recommenders ("random") of each user three ratings in four are learned from; by that of papers on sequences ("last")
/// all but the last in time.
/// </remarks>
static class RankingsBenchmark
{
    const int Places = 10, Seed = 42;

    static readonly ILearner[] Learners = [new PopularItems(), new ItemCosine(), new BprFactors(), new ImplicitAls(), new Ease(), new TwoTower(), new SasRec()];

    /// <param name="folder">Holds u.data.</param>
    /// <param name="protocol">random or last.</param>
    /// <param name="only">The learner to be tried; null: all.</param>
    public static int Run(string folder, string protocol = "random", string? only = null)
    {
        var all = MovieLensRatings.Read(folder);
        var (known, hidden) = protocol switch
        {
            "random" => Divided(all),
            "last" => WithoutTheLast(all),
            _ => throw new InputException($"There is no protocol '{protocol}'; there are random (three in four of each user's) and last (all but each user's last)."),
        };
        Console.WriteLine("                     nDCG@10  recall  precision    MAP    MRR  hit rate  coverage  novelty");
        foreach (var learner in Learners.Where(l => only is null || l.Name == only))
        {
            var clock = Stopwatch.StartNew();
            using var model = learner.Fit(all.Take(known), null, new() { Seed = Seed, Threads = Environment.ProcessorCount });
            var ranks = (IRanksItems)model;
            var (seen, _) = Events(ranks.Names, all.Take(known));
            var (_, wanted) = Events(ranks.Names, all.Take(hidden));
            var lists = TopItems.Of(ranks, seen, Places, Environment.ProcessorCount);
            int[] had = [.. Enumerable.Range(0, ranks.Names.Items.Length).Select(_ => 0)];
            for (var user = 0; user < seen.Count; user++)
                foreach (var item in seen.Others(user)) had[item]++;
            var s = TopListScores.Of(lists, wanted, Places, had);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{learner.Name,-20} {s.Ndcg,7:F4} {s.Recall,7:F4}  {s.Precision,9:F4} {s.Map,6:F4} {s.Mrr,6:F4}  {s.HitRate,8:F4}  {s.Coverage,8:F4}  {s.Novelty,7:F3}   {clock.Elapsed.TotalSeconds:F1} s"));
        }
        return 0;
    }

    /// <summary>Each user's ratings, shuffled: three in four and the rest.</summary>
    static (int[] Known, int[] Hidden) Divided(Dataset all)
    {
        var random = new Random(Seed);
        var (known, hidden) = (new List<int>(), new List<int>());
        foreach (var ofUser in Enumerable.Range(0, all.Rows).GroupBy(row => all.Codes("user").Span[row]).OrderBy(g => g.Key))
        {
            int[] rows = [.. ofUser];
            random.Shuffle(rows);
            var cut = (int)Math.Round(rows.Length * 0.75);
            known.AddRange(rows[..cut]);
            hidden.AddRange(rows[cut..]);
        }
        return ([.. known], [.. hidden]);
    }

    static (int[] Known, int[] Hidden) WithoutTheLast(Dataset all)
    {
        var time = all.Time!.Value.ToArray();
        int[] last = [.. Enumerable.Range(0, all.Rows).GroupBy(row => all.Codes("user").Span[row]).Select(rows => rows.MaxBy(row => (time[row], row)))];
        return ([.. Enumerable.Range(0, all.Rows).Except(last)], last);
    }

    /// <summary>By place; an item that training did not meet cannot be named, yet counts as one to be found.</summary>
    static (RatedLists Seen, IReadOnlyList<IReadOnlySet<int>> Wanted) Events(RatedNames names, Dataset rows)
    {
        var (users, items) = names.Places(rows);
        var wanted = names.Users.Select(_ => new HashSet<int>()).ToArray();
        for (var row = 0; row < users.Length; row++) wanted[users[row]].Add(items[row] >= 0 ? items[row] : -1 - row);
        int[] known = [.. Enumerable.Range(0, users.Length).Where(row => items[row] >= 0)];
        return (RatedLists.Of(names.Users.Length, [.. known.Select(r => users[r])], [.. known.Select(r => items[r])], new float[known.Length]), wanted);
    }
}
