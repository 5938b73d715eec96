using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>Last models on all rows, for as many iterations as the folds' models kept.</summary>
public static class Retraining
{
    /// <returns>(test rows, outputs) the mean over the seeds.</returns>
    public static Predictions Of(Experiment experiment, OutOfFold member, IUnitStore store, int threads, CancellationToken cancel)
    {
        using var share = new RunShare();
        var runner = new UnitRunner(experiment, share);
        var kept = member.Units.Select(u => u.Result.Record.Iterations).OfType<int>().ToArray();
        // A fold's model saw fewer rows and needs no fewer rounds for them: the mean is kept, not scaled up.
        int? iterations = kept.Length == 0 ? null : (int)Math.Round(kept.Average());
        var all = new Validation.Fold(-1, [.. Enumerable.Range(0, experiment.Train.Rows)], []);
        return Predictions.Mean([.. experiment.Seeds.Select(seed =>
        {
            cancel.ThrowIfCancellationRequested();
            var key = ContentHash.Of(UnitKey.Of(experiment, member.Learner, seed, all), $"retrained for {iterations}")[..32];
            while (true)
            {
                if (store.Find(key) is { } known) return Counting(known);
                using var claim = store.TryClaim(key);
                if (claim is null)
                {
                    cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
                    cancel.ThrowIfCancellationRequested();
                    continue;
                }
                if (store.Find(key) is { } since) return Counting(since);
                var context = new FitContext { Device = experiment.Device, Threads = threads, Metric = experiment.Metric, Share = share, Cancel = cancel };
                return Counting(claim.Publish(runner.Retrain(member.Learner, seed, iterations, claim, context)));
            }
        })]);

        Predictions Counting(UnitResult retrained) => (member.Views is { Taken: true } ? retrained.Viewed?.Test : null) ?? retrained.Test!;
    }
}
