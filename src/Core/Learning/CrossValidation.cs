using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>Works off an experiment's units: several at once, none twice, those that other processes hold last.</summary>
public sealed class CrossValidation(Experiment experiment, IUnitStore store)
{
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    readonly Lock gate = new();

    /// <param name="jobs">How many units at once.</param>
    /// <param name="threads">Threads in all; each unit gets its share.</param>
    /// <param name="observer">Told of each step, from whichever thread makes it, one call at a time.</param>
    /// <param name="cancel">Ends the work between or within units; finished ones stay.</param>
    /// <param name="units">The units to do; all of the experiment's when null.</param>
    /// <param name="beside">What one of the workers does before its first unit, with a unit's share of the threads; null: nothing.</param>
    /// <exception cref="InputException">A learner cannot learn from these rows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RunAsync(int jobs, int threads, IUnitObserver observer, CancellationToken cancel, IEnumerable<Unit>? units = null, Action<FitContext>? beside = null)
    {
        using var share = new RunShare();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var waiting = new LinkedList<Unit>(units ?? experiment.Learners.SelectMany(experiment.Units));
        var context = new FitContext
        {
            Device = experiment.Device,
            Threads = Math.Max(1, threads / jobs),
            Metric = experiment.Metric,
            Diagnose = experiment.Diagnose,
            Share = share,
            Cancel = stop.Token,
        };
        var runner = new UnitRunner(experiment, share);
        // Each worker owns a thread: a unit is minutes of native work, which would starve the pool.
        var workers = Enumerable.Range(0, jobs)
            .Select(job => Task.Factory.StartNew(() => Work(runner, waiting, context, observer, stop, job == 0 ? beside : null), TaskCreationOptions.LongRunning))
            .ToArray();
        try
        {
            await Task.WhenAll(workers);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // One worker failed and stopped the others: what it failed of is the news.
            throw workers.SelectMany(w => w.Exception?.InnerExceptions ?? Enumerable.Empty<Exception>())
                .FirstOrDefault(e => e is not OperationCanceledException) ?? new OperationCanceledException();
        }
    }

    void Work(UnitRunner runner, LinkedList<Unit> waiting, FitContext context, IUnitObserver observer, CancellationTokenSource stop, Action<FitContext>? before)
    {
        try
        {
            before?.Invoke(context);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        var held = 0;                                            // units in a row that others were at
        while (!stop.IsCancellationRequested)
        {
            Unit unit;
            int left;
            lock (gate)
            {
                if (waiting.First is not { } first) return;
                unit = first.Value;
                left = waiting.Count;
                waiting.RemoveFirst();
            }
            try
            {
                if (Do(unit, runner, context, observer) is { } finished)
                {
                    held = 0;
                    lock (gate) observer.Finished(finished.Unit, finished.Cached);
                    continue;
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
            lock (gate) waiting.AddLast(unit);
            if (++held >= left) stop.Token.WaitHandle.WaitOne(LookAgain);
        }
        stop.Token.ThrowIfCancellationRequested();
    }

    (FinishedUnit Unit, bool Cached)? Do(Unit unit, UnitRunner runner, FitContext context, IUnitObserver observer)
    {
        if (store.Find(unit.Key) is { } known) return (new(unit, known), true);
        using var claim = store.TryClaim(unit.Key);
        if (claim is null) return null;
        // Between the look and the claim another process may have finished it.
        if (store.Find(unit.Key) is { } since) return (new(unit, since), true);
        lock (gate) observer.Started(unit);
        var progress = new Listener(p => { lock (gate) observer.Progressed(unit, p); });
        try
        {
            return (new(unit, claim.Publish(runner.Run(unit, claim, context with { Progress = progress }))), false);
        }
        catch (InputException e)
        {
            throw new InputException($"{unit.Learner.Name}, fold {unit.Fold.Number + 1}: {e.Message}", e);
        }
    }

    /// <summary>Calls at once, on the caller's thread: <see cref="Progress{T}"/> would call later and out of order.</summary>
    sealed class Listener(Action<FitProgress> heard) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => heard(value);
    }
}

/// <summary>Hears of units; one call at a time.</summary>
public interface IUnitObserver
{
    void Started(Unit unit) { }

    void Progressed(Unit unit, FitProgress progress) { }

    /// <param name="cached">It was finished before, and read.</param>
    void Finished(FinishedUnit finished, bool cached) { }
}
