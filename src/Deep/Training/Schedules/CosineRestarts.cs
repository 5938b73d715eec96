using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Schedules;

/// <summary>Several half cosines from the full rate to 0, each longer than the one before.</summary>
/// <remarks>SGDR, arXiv 1608.03983; fastai's fit_sgdr.</remarks>
public sealed record CosineRestarts : ISchedule
{
    public int Cycles { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>How many times as long each cycle is.</summary>
    public double Growth { get; init => field = Require.AtLeast(1, value); } = 2;

    public Pace At(double progress)
    {
        var whole = Enumerable.Range(0, Cycles).Sum(c => Math.Pow(Growth, c));
        var (start, cycle) = (0.0, 0);
        while (cycle + 1 < Cycles && progress >= start + Math.Pow(Growth, cycle) / whole) start += Math.Pow(Growth, cycle++) / whole;
        return new(Pace.Cosine(1, 0, Math.Min(1, (progress - start) * whole / Math.Pow(Growth, cycle))));
    }
}
