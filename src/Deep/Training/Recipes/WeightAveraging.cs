using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Callbacks;

namespace Kaggle.Deep.Training.Recipes;

/// <summary>A mean of weights that a training judges and ends with, instead of one epoch's own.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RunningAverage), nameof(RunningAverage))]
[JsonDerivedType(typeof(EpochAverage), nameof(EpochAverage))]
[JsonDerivedType(typeof(BestEpochs), nameof(BestEpochs))]
public abstract record WeightAveraging
{
    /// <returns>What does it in one training of so many epochs; may be disposable.</returns>
    internal abstract ICallback Over(int epochs);
}

/// <summary>An exponentially weighted mean, followed after each step (EMA).</summary>
public sealed record RunningAverage : WeightAveraging
{
    /// <summary>How much of the mean stays at a step once it is warm.</summary>
    public double Decay { get; init => field = Require.Between(0, 1, value); } = 0.999;

    internal override ICallback Over(int epochs) => WeightAverage.Exponential(Decay);
}

/// <summary>Stochastic weight averaging: the plain mean of the last epochs' weights.</summary>
/// <remarks>Izmailov and others, arXiv 1803.05407. Batch norm's statistics are averaged alike. A training that stops before those epochs ends as it would without.</remarks>
public sealed record EpochAverage : WeightAveraging
{
    /// <summary>The share of the epochs that counts.</summary>
    public double LastShare { get; init => field = Require.Between(0.001, 1, value); } = 0.25;

    internal override ICallback Over(int epochs) => WeightAverage.OfEpochs(epochs + 1 - Math.Max(1, (int)Math.Round(LastShare * epochs)));
}

/// <summary>Greedy soup: the mean of the best epochs' weights, as far as the validation rows' score gains by it.</summary>
/// <remarks>Wortsman and others, arXiv 2203.05482. Without validation rows it does nothing.</remarks>
public sealed record BestEpochs : WeightAveraging
{
    /// <summary>How many epochs are tried.</summary>
    public int Most { get; init => field = Require.AtLeast(1, value); } = 3;

    internal override ICallback Over(int epochs) => new GreedySoup(Most);
}
