using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Training;

/// <summary>How well a network does on rows that it does not learn from.</summary>
/// <param name="Name">As in curves: "auc", "loss".</param>
/// <param name="HigherIsBetter">Which way is better.</param>
/// <param name="Score">Predicts and scores; leaves the network in evaluation mode.</param>
public sealed record EpochScoring(string Name, bool HigherIsBetter, Func<Network, double> Score)
{
    /// <summary>Whether a is better than b; NaN is never better.</summary>
    public bool IsBetter(double a, double b) => HigherIsBetter ? a > b : a < b;

    public double Worst => HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
}
