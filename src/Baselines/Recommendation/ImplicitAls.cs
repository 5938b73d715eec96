using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Factors of what users had and had not, where what they had counts more: alternating least squares over all pairs.</summary>
/// <remarks>
/// Hu, Koren, Volinsky 2008, Collaborative Filtering for Implicit Feedback Datasets. Every rated pair is an event, whatever the rating.
/// A user never met gets the score that a user in the middle of all would.
/// </remarks>
public sealed record ImplicitAls : PairLearner
{
    public int Factors { get; init => field = Require.AtLeast(1, value); } = 64;

    public int Rounds { get; init => field = Require.AtLeast(1, value); } = 15;

    /// <summary>How much more an event counts than a pair without one.</summary>
    public double Confidence { get; init => field = Require.Positive(value); } = 4;

    public double Penalty { get; init => field = Require.Positive(value); } = 20;

    public override bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Binary;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var pairs = RatedPairs.Of(train, User, Item);
        var random = new Random(context.Seed);
        var width = FactorStep.Padded(Factors);
        var users = new float[pairs.ByUser.Count * width];
        var items = FactorStep.Drawn(pairs.ByItem.Count, Factors, 0.1, random);
        for (var round = 0; round < Rounds; round++)
        {
            Fit(pairs.ByUser, items, users, width, context);
            Fit(pairs.ByItem, users, items, width, context);
            context.Progress?.Report(new((round + 1.0) / Rounds, $"round {round + 1}/{Rounds}"));
        }
        return new FactorModel(pairs.Names, new(0, new float[pairs.ByUser.Count], new float[pairs.ByItem.Count], users, items, width), range: null, FitRecord.Nothing);
    }

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);

    /// <summary>Solves (YᵀY + c Σ y yᵀ + λI) x = (1 + c) Σ y for each, over what it had.</summary>
    void Fit(RatedLists lists, float[] others, float[] of, int width, FitContext context)
    {
        var all = Squares(others, width);
        Parallel.For(0, lists.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, context.Threads), CancellationToken = context.Cancel }, one =>
        {
            var matrix = new float[Factors][];
            for (var i = 0; i < Factors; i++) matrix[i] = all[i][..(i + 1)];
            var sum = new float[width];
            foreach (var other in lists.Others(one))
            {
                var y = others.AsSpan(other * width, width);
                for (var i = 0; i < Factors; i++) FactorStep.Add(matrix[i], (float)Confidence * y[i], y[..(i + 1)]);
                FactorStep.Add(sum, (float)(1 + Confidence), y);
            }
            var lower = Array.ConvertAll(matrix, row => Array.ConvertAll(row, x => (double)x));
            for (var i = 0; i < Factors; i++) lower[i][i] += Penalty;
            var solution = Array.ConvertAll(sum[..Factors], x => (double)x);
            PositiveMatrix.Factored(lower).Solve(solution);
            for (var i = 0; i < Factors; i++) of[one * width + i] = (float)solution[i];
        });
    }

    /// <returns>(factors)(width) YᵀY.</returns>
    float[][] Squares(float[] vectors, int width)
    {
        var sums = new float[Factors][];
        for (var i = 0; i < Factors; i++) sums[i] = new float[width];
        for (var start = 0; start < vectors.Length; start += width)
        {
            var y = vectors.AsSpan(start, width);
            for (var i = 0; i < Factors; i++) FactorStep.Add(sums[i], y[i], y);
        }
        return sums;
    }
}
