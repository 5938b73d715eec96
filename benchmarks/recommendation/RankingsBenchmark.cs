using System.Diagnostics;
using System.Globalization;
using Kaggle.Baselines.Recommendation;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
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
        var trial = protocol switch
        {
            "random" => RankingTrial.Drawn(all, "user", Seed),
            "last" => RankingTrial.WithoutTheLast(all, "user"),
            _ => throw new InputException($"There is no protocol '{protocol}'; there are random (three in four of each user's) and last (all but each user's last)."),
        };
        Console.WriteLine("                     nDCG@10  recall  precision    MAP    MRR  hit rate  coverage  novelty");
        foreach (var learner in Learners.Where(l => only is null || l.Name == only))
        {
            var clock = Stopwatch.StartNew();
            var s = trial.Judge(learner, Places, new() { Seed = Seed, Threads = Environment.ProcessorCount });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{learner.Name,-20} {s.Ndcg,7:F4} {s.Recall,7:F4}  {s.Precision,9:F4} {s.Map,6:F4} {s.Mrr,6:F4}  {s.HitRate,8:F4}  {s.Coverage,8:F4}  {s.Novelty,7:F3}   {clock.Elapsed.TotalSeconds:F1} s"));
        }
        return 0;
    }
}
