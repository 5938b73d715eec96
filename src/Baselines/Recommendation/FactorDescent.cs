using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Biases and factors by stochastic gradient descent: the settings and the epochs of all learners that do so.</summary>
public abstract record FactorDescent : PairLearner
{
    /// <summary>How many factors each user and item has.</summary>
    public int Factors { get; init => field = Require.AtLeast(1, value); } = 50;

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

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var pairs = RatedPairs.Of(train, User, Item);
        var descent = Begin(pairs, new Random(context.Seed));
        var errors = new List<double>();
        var rate = LearningRate;
        for (var epoch = 0; epoch < Epochs; epoch++, rate *= Decay)
        {
            context.Cancel.ThrowIfCancellationRequested();
            errors.Add(Math.Sqrt(descent.Epoch(rate) / Math.Max(1, pairs.Ratings.Length)));
            context.Progress?.Report(new((epoch + 1.0) / Epochs, $"epoch {epoch + 1}/{Epochs}, rmse {errors[^1]:F4}"));
        }
        return new FactorModel(pairs.Names, descent.Values(), RatingRange.Of(pairs), new() { Curves = [new("train rmse", errors)] });
    }

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);

    private protected abstract IFactorEpochs Begin(RatedPairs pairs, Random random);
}

/// <summary>A descent that has begun.</summary>
interface IFactorEpochs
{
    /// <returns>The sum of the squared errors met on the way, once through all ratings.</returns>
    double Epoch(double rate);

    FactorValues Values();
}
