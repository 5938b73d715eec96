using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;

namespace Kaggle.Deep.Training;

/// <summary>Tries learning rates from tiny to absurd, one batch each, and leaves no trace: weights, optimizer and chance are put back.</summary>
/// <remarks>Smith, arXiv 1506.01186, as fastai's lr_find: exponential, smoothed losses, ended at four times the best.</remarks>
public static class RateFinder
{
    /// <param name="loop">A training that has not begun; its callbacks are not told.</param>
    /// <param name="steps">How many batches at most.</param>
    /// <param name="from">The first rate.</param>
    /// <param name="to">The last.</param>
    public static RateCurve Find(Loop loop, int steps = 100, double from = 1e-7, double to = 10)
    {
        Require.AtLeast(2, steps);
        using var kept = new TrainingState(loop);
        var (rates, losses) = (new List<double>(), new List<double>());
        var (smooth, best) = (0.0, double.PositiveInfinity);
        foreach (var rows in Endless(loop).Take(steps))
        {
            using var batch = rows;
            loop.Cancel.ThrowIfCancellationRequested();
            var rate = from * Math.Pow(to / from, rates.Count / (steps - 1.0));
            var loss = loop.TrainOn(batch, new Pace(rate / loop.Rate));
            smooth = 0.98 * smooth + 0.02 * loss;
            rates.Add(rate);
            losses.Add(smooth / (1 - Math.Pow(0.98, rates.Count)));
            best = Math.Min(best, losses[^1]);
            if (losses[^1] > 4 * best || !double.IsFinite(losses[^1])) break;
        }
        return new(rates, losses, loop.Rate);
    }

    static IEnumerable<TrainingBatch> Endless(Loop loop)
    {
        while (true)
            foreach (var batch in loop.Train.Shuffled(loop.BatchSize, loop.Random)) yield return batch;
    }
}
