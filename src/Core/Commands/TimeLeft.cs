using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>Guesses the time that the units not yet finished will take.</summary>
sealed class TimeLeft(Experiment experiment, TimeProvider clock)
{
    readonly Dictionary<string, (int Done, double Seconds)> learners = experiment.Learners.ToDictionary(l => l.Name, _ => (0, 0.0));
    readonly long start = clock.GetTimestamp();
    readonly int units = experiment.Seeds.Length * experiment.Folds.Count;
    double trained;

    /// <summary>"40 s", "3 min"; null while nothing is known or nothing is left.</summary>
    public string? Text { get; private set; }

    public void Finished(FinishedUnit finished, bool cached)
    {
        var name = finished.Unit.Learner.Name;
        learners[name] = (learners[name].Done + 1, learners[name].Seconds + finished.Result.Seconds);
        if (!cached) trained += finished.Result.Seconds;
        // Learners not begun are taken to be as slow as the mean of those that were.
        var known = learners.Values.Where(l => l.Done > 0).Select(l => l.Seconds / l.Done).DefaultIfEmpty(0).Average();
        var work = learners.Values.Sum(l => (units - l.Done) * (l.Done > 0 ? l.Seconds / l.Done : known));
        var elapsed = clock.GetElapsedTime(start).TotalSeconds;
        var sideBySide = trained > 0 && elapsed > 0 ? Math.Max(0.5, trained / elapsed) : 1;
        Text = work <= 0 ? null : Figures.Duration(work / sideBySide);
    }
}
