using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Biases and factors by stochastic gradient descent, rating by rating in a fresh order each epoch.</summary>
/// <remarks>Koren, Bell, Volinsky 2009, Matrix Factorization Techniques for Recommender Systems; known as Funk's SVD.</remarks>
public sealed record BiasedFactors : ILearner
{
    public string Name { get; init; } = "BiasedFactors";

    /// <summary>The column of users.</summary>
    public string User { get; init; } = "user";

    /// <summary>The column of items.</summary>
    public string Item { get; init; } = "item";

    /// <summary>How many factors each user and item has.</summary>
    public int Factors { get; init => field = Require.AtLeast(1, value); } = 100;

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 40;

    public double LearningRate { get; init => field = Require.Positive(value); } = 0.01;

    /// <summary>The rate of each epoch is this part of the one before.</summary>
    public double Decay { get; init => field = Require.Between(0, 1, value); } = 0.97;

    /// <summary>How strongly factors are drawn to 0 at each rating.</summary>
    public double Penalty { get; init => field = Require.AtLeast(0, value); } = 0.08;

    /// <summary>The same of biases.</summary>
    public double BiasPenalty { get; init => field = Require.AtLeast(0, value); } = 0.02;

    /// <summary>The spread of the factors at the beginning.</summary>
    public double Spread { get; init => field = Require.AtLeast(0, value); } = 0.1;

    public ColumnKind Uses => ColumnKind.Category;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var pairs = RatedPairs.Of(train, User, Item);
        var random = new Random(context.Seed);
        var width = FactorStep.Padded(Factors);
        var users = FactorStep.Drawn(pairs.ByUser.Count, Factors, Spread, random);
        var items = FactorStep.Drawn(pairs.ByItem.Count, Factors, Spread, random);
        var (userBias, itemBias) = (new float[pairs.ByUser.Count], new float[pairs.ByItem.Count]);
        var order = Enumerable.Range(0, pairs.Ratings.Length).ToArray();
        var (mean, rate) = ((float)pairs.Mean, LearningRate);
        var errors = new List<double>();
        for (var epoch = 0; epoch < Epochs; epoch++, rate *= Decay)
        {
            context.Cancel.ThrowIfCancellationRequested();
            random.Shuffle(order);
            var squares = 0.0;
            var (keep, push, biasKeep) = ((float)(1 - rate * Penalty), (float)rate, (float)(1 - rate * BiasPenalty));
            foreach (var pair in order)
            {
                var (user, item) = (pairs.Users[pair], pairs.Items[pair]);
                var p = users.AsSpan(user * width, width);
                var q = items.AsSpan(item * width, width);
                var error = pairs.Ratings[pair] - (mean + userBias[user] + itemBias[item] + TensorPrimitives.Dot<float>(p, q));
                squares += error * error;
                userBias[user] = biasKeep * userBias[user] + push * error;
                itemBias[item] = biasKeep * itemBias[item] + push * error;
                FactorStep.Both(p, q, push * error, keep);
            }
            errors.Add(Math.Sqrt(squares / Math.Max(1, order.Length)));
            context.Progress?.Report(new((epoch + 1.0) / Epochs, $"epoch {epoch + 1}/{Epochs}, rmse {errors[^1]:F4}"));
        }
        return new FactorModel(pairs.Names, new(pairs.Mean, userBias, itemBias, users, items, width), RatingRange.Of(pairs), new() { Curves = [new("train rmse", errors)] });
    }

    public IModel Load(string folder, FitContext context) => FactorModel.Load(folder);
}
