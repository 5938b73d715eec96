using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>How fast each of a network's parts learns, as factors of the learning rate; the last part's is 1.</summary>
/// <remarks>fastai's slices: <c>slice(lr)</c> is <see cref="Others"/>, <c>slice(lo, hi)</c> is <see cref="Geometric"/>.</remarks>
public sealed record PartRates
{
    readonly double first;
    readonly bool rising;

    PartRates(double first, bool rising) => (this.first, this.rising) = (Require.Positive(first), rising);

    public static PartRates Even { get; } = new(1, false);

    /// <summary>The last part at the full rate, all others at one factor of it.</summary>
    public static PartRates Others(double factor = 0.1) => new(factor, false);

    /// <summary>Growing by equal factors from the first part to the last.</summary>
    public static PartRates Geometric(double first) => new(first, true);

    /// <param name="part">0 is nearest the input.</param>
    /// <param name="parts">How many there are.</param>
    public double Of(int part, int parts) =>
        part == parts - 1 ? 1 : rising ? Math.Pow(first, 1 - part / (parts - 1.0)) : first;
}
