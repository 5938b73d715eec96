using System.Diagnostics;
using System.Globalization;
using Kaggle.Baselines.Dummies;
using Kaggle.Baselines.Recommendation;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Validation;
using Kaggle.Deep.Recommendation;

namespace Kaggle.Benchmarks.Recommendation;

/// <summary>RMSE on MovieLens 100k by the protocols that others have published figures for.</summary>
static class RatingsBenchmark
{
    static readonly ILearner[] Learners =
    [
        new Dummy(), new RatingMeans { Name = "UserMeans", Of = RatedSide.User }, new RatingMeans { Name = "ItemMeans", Of = RatedSide.Item }, new RatingMeans(),
        new UserNeighbours(), new ItemNeighbours(), new BiasedFactors(), new ExplicitAls(), new SvdPlusPlus(), new FactorizationMachine(),
        new EmbeddingDotBias(), new EmbeddingNN(),
    ];

    /// <param name="folder">Holds u.data.</param>
    /// <param name="protocol">How the ratings are divided.</param>
    /// <param name="only">The learner to be tried; null: all.</param>
    public static int Run(string folder, string protocol, string? only = null)
    {
        var all = MovieLensRatings.Read(folder);
        var folds = protocol switch
        {
            "holdout" => [Folds.Shuffled(5, seed: 42).Split(all)[0]],
            "folds" => Folds.Shuffled(5, seed: 42).Split(all),
            "published" => MovieLensRatings.Published(folder),
            _ => throw new InputException($"There is no protocol '{protocol}'; there are holdout (random 80/20), folds (5 random ones), published (u1 to u5)."),
        };
        foreach (var learner in Learners.Where(l => only is null || l.Name == only))
        {
            var clock = Stopwatch.StartNew();
            double[] scores = [.. folds.Select(fold =>
            {
                using var model = learner.Fit(all.Take(fold.Train), null, new() { Seed = 42 + fold.Number, Threads = Environment.ProcessorCount });
                var judged = all.Take(fold.Validation);
                return Core.Metrics.Metrics.Rmse.Score(judged.Answers.Truth, model.Predict(judged).Values);
            })];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{learner.Name,-20} {scores.Average():F4}  {clock.Elapsed.TotalSeconds,6:F1} s"));
        }
        return 0;
    }
}
