using System.Numerics.Tensors;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Biases and factors by stochastic gradient descent, rating by rating in a fresh order each epoch.</summary>
/// <remarks>Koren, Bell, Volinsky 2009, Matrix Factorization Techniques for Recommender Systems; known as Funk's SVD.</remarks>
public sealed record BiasedFactors : FactorDescent
{
    public BiasedFactors() => Factors = 100;

    private protected override IFactorEpochs Begin(RatedPairs pairs, Random random) => new RatingByRating(this, pairs, random);

    sealed class RatingByRating(BiasedFactors settings, RatedPairs pairs, Random random) : IFactorEpochs
    {
        readonly int width = FactorStep.Padded(settings.Factors);
        readonly float[] users = FactorStep.Drawn(pairs.ByUser.Count, settings.Factors, settings.Spread, random);
        readonly float[] items = FactorStep.Drawn(pairs.ByItem.Count, settings.Factors, settings.Spread, random);
        readonly float[] userBias = new float[pairs.ByUser.Count], itemBias = new float[pairs.ByItem.Count];
        readonly int[] order = [.. Enumerable.Range(0, pairs.Ratings.Length)];

        public double Epoch(double rate)
        {
            random.Shuffle(order);
            var (mean, squares) = ((float)pairs.Mean, 0.0);
            var (keep, push, biasKeep) = ((float)(1 - rate * settings.Penalty), (float)rate, (float)(1 - rate * settings.BiasPenalty));
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
            return squares;
        }

        public FactorValues Values() => new(pairs.Mean, userBias, itemBias, users, items, width);
    }
}
