using System.Numerics.Tensors;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Biases and factors, where a user is also the items rated, whatever the ratings were: SVD++.</summary>
/// <remarks>
/// Koren 2008, Factorization Meets the Neighborhood, section 4. User by user: the gradients of the rated items' second factors are summed over
/// the user's ratings and applied once, which costs the time of one rating instead of all.
/// </remarks>
public sealed record SvdPlusPlus : FactorDescent
{
    public SvdPlusPlus() => Decay = 0.95;

    private protected override IFactorEpochs Begin(RatedPairs pairs, Random random) => new UserByUser(this, pairs, random);

    sealed class UserByUser(SvdPlusPlus settings, RatedPairs pairs, Random random) : IFactorEpochs
    {
        readonly int width = FactorStep.Padded(settings.Factors);
        readonly float[] users = FactorStep.Drawn(pairs.ByUser.Count, settings.Factors, settings.Spread, random);
        readonly float[] items = FactorStep.Drawn(pairs.ByItem.Count, settings.Factors, settings.Spread, random);
        readonly float[] rated = FactorStep.Drawn(pairs.ByItem.Count, settings.Factors, settings.Spread, random);
        readonly float[] userBias = new float[pairs.ByUser.Count], itemBias = new float[pairs.ByItem.Count];
        readonly int[] order = [.. Enumerable.Range(0, pairs.ByUser.Count)];

        public double Epoch(double rate)
        {
            random.Shuffle(order);
            var squares = 0.0;
            foreach (var user in order) squares += OneUser(user, rate);
            return squares;
        }

        double OneUser(int user, double rate)
        {
            var whom = pairs.ByUser.Others(user);
            var ratings = pairs.ByUser.Ratings(user);
            if (whom.Length == 0) return 0;
            var mean = (float)pairs.Mean;
            var (keep, push, biasKeep) = ((float)(1 - rate * settings.Penalty), (float)rate, (float)(1 - rate * settings.BiasPenalty));
            var norm = 1 / MathF.Sqrt(whom.Length);
            var p = users.AsSpan(user * width, width);
            float[] implied = new float[width], whole = new float[width], gradient = new float[width];
            Implied(whom, norm, implied);
            var squares = 0.0;
            int[] ratedIn = [.. Enumerable.Range(0, whom.Length)];
            random.Shuffle(ratedIn);
            foreach (var at in ratedIn)
            {
                var item = whom[at];
                var q = items.AsSpan(item * width, width);
                TensorPrimitives.Add(p, implied, whole);
                var error = ratings[at] - (mean + userBias[user] + itemBias[item] + TensorPrimitives.Dot<float>(whole, q));
                squares += error * error;
                userBias[user] = biasKeep * userBias[user] + push * error;
                itemBias[item] = biasKeep * itemBias[item] + push * error;
                FactorStep.Add(gradient, error, q);
                TensorPrimitives.Multiply(p, keep, p);
                FactorStep.Add(p, push * error, q);
                TensorPrimitives.Multiply(q, keep, q);
                FactorStep.Add(q, push * error, whole);
            }
            // Drawn to 0 once for each rating, as all else.
            var left = (float)Math.Pow(keep, whom.Length);
            foreach (var item in whom)
            {
                var y = rated.AsSpan(item * width, width);
                TensorPrimitives.Multiply(y, left, y);
                FactorStep.Add(y, push * norm, gradient);
            }
            return squares;
        }

        void Implied(ReadOnlySpan<int> whom, float norm, Span<float> implied)
        {
            implied.Clear();
            foreach (var item in whom) FactorStep.Add(implied, norm, rated.AsSpan(item * width, width));
        }

        /// <summary>What the rated items say of a user is known now, and becomes part of the user's vector.</summary>
        public FactorValues Values()
        {
            var whole = (float[])users.Clone();
            for (var user = 0; user < pairs.ByUser.Count; user++)
            {
                var norm = 1 / MathF.Sqrt(Math.Max(1, pairs.ByUser.Length(user)));
                foreach (var item in pairs.ByUser.Others(user)) FactorStep.Add(whole.AsSpan(user * width, width), norm, rated.AsSpan(item * width, width));
            }
            return new(pairs.Mean, userBias, itemBias, whole, items, width);
        }
    }
}
