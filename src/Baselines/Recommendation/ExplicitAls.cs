using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Biases and factors of ratings by alternating least squares: all users given the items, then all items given the users.</summary>
/// <remarks>
/// Zhou, Wilkinson, Schreiber, Pan 2008, Large-scale Parallel Collaborative Filtering for the Netflix Prize: who rated more is drawn to 0 as many times. Biases are
/// factors whose other side is 1. No rate to choose, and users are solved side by side.
/// </remarks>
public sealed record ExplicitAls : PairLearner
{
    public int Factors { get; init => field = Require.AtLeast(1, value); } = 20;

    public int Rounds { get; init => field = Require.AtLeast(1, value); } = 20;

    /// <summary>How strongly factors are drawn to 0 by each rating.</summary>
    public double Penalty { get; init => field = Require.Positive(value); } = 0.12;

    /// <summary>So many ratings at the mean are added to each bias.</summary>
    public double BiasPenalty { get; init => field = Require.AtLeast(0, value); } = 5;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var pairs = RatedPairs.Of(train, User, Item);
        var baseline = RatingBaseline.Of(pairs, BiasPenalty, BiasPenalty, rounds: 10);
        var width = FactorStep.Padded(Factors);
        var (users, items) = (new float[pairs.ByUser.Count * width], FactorStep.Drawn(pairs.ByItem.Count, Factors, 0.1, new Random(context.Seed)));
        var (ofUser, ofItem) = (baseline.OfUser, baseline.OfItem);
        for (var round = 0; round < Rounds; round++)
        {
            Solve(pairs.ByUser, pairs.Mean, items, ofItem, users, ofUser, width, context);
            Solve(pairs.ByItem, pairs.Mean, users, ofUser, items, ofItem, width, context);
            context.Progress?.Report(new((round + 1.0) / Rounds, $"round {round + 1}/{Rounds}"));
        }
        return new FactorModel(pairs.Names, new(pairs.Mean, ofUser, ofItem, users, items, width), RatingRange.Of(pairs), FitRecord.Nothing);
    }

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);

    /// <summary>For each one the ridge regression of its ratings, less mean and the others' biases, on the others' factors and 1.</summary>
    void Solve(RatedLists lists, double mean, float[] others, float[] otherBias, float[] of, float[] bias, int width, FitContext context) =>
        Parallel.For(0, lists.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, context.Threads), CancellationToken = context.Cancel }, one =>
        {
            var whom = lists.Others(one);
            var ratings = lists.Ratings(one);
            if (whom.Length == 0) return;
            var lower = Enumerable.Range(1, Factors + 1).Select(length => new double[length]).ToArray();
            var right = new double[Factors + 1];
            var y = new double[Factors + 1];
            y[Factors] = 1;
            for (var k = 0; k < whom.Length; k++)
            {
                for (var f = 0; f < Factors; f++) y[f] = others[whom[k] * width + f];
                var rest = ratings[k] - mean - otherBias[whom[k]];
                for (var i = 0; i <= Factors; i++)
                {
                    right[i] += rest * y[i];
                    for (var j = 0; j <= i; j++) lower[i][j] += y[i] * y[j];
                }
            }
            for (var i = 0; i < Factors; i++) lower[i][i] += Penalty * whom.Length;
            lower[Factors][Factors] += BiasPenalty;
            PositiveMatrix.Factored(lower).Solve(right);
            for (var f = 0; f < Factors; f++) of[one * width + f] = (float)right[f];
            bias[one] = (float)right[Factors];
        });
}
