using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Spectre.Console;

namespace Kaggle.Core.Commands;

/// <summary>A bar for each learner, redrawn in place, with its mean score so far and the time left: for a person at a terminal.</summary>
sealed class LiveProgress : IRunObserver
{
    readonly TimeLeft left;
    readonly Dictionary<string, ProgressTask> bars = [], files = [];
    readonly Dictionary<Unit, double> running = [];
    readonly Dictionary<string, List<double>> scores;
    readonly TaskCompletionSource over = new(), shown = new();
    readonly Task drawing;
    readonly IAnsiConsole screen;
    ProgressContext? shownIn;

    public LiveProgress(Terminal terminal, Experiment experiment, TimeProvider clock)
    {
        left = new(experiment, clock);
        screen = terminal.Screen;
        scores = experiment.Learners.ToDictionary(l => l.Name, _ => new List<double>());
        var units = experiment.Seeds.Length * experiment.Folds.Count;
        drawing = screen.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                foreach (var learner in experiment.Learners) bars[learner.Name] = context.AddTask(Markup.Escape(learner.Name), maxValue: units);
                shownIn = context;
                shown.SetResult();
                await over.Task;
            });
        shown.Task.Wait();
    }

    public void Fetched(FetchProgress progress)
    {
        if (!files.TryGetValue(progress.Name, out var bar)) files[progress.Name] = bar = shownIn!.AddTaskAt(Markup.Escape($"downloading {progress.Name}"), new() { MaxValue = progress.Of ?? 1 }, files.Count);
        bar.IsIndeterminate = progress.Of is null;
        if (progress.Of is { } all) (bar.MaxValue, bar.Value) = (all, progress.Bytes);
    }

    public void Started(Unit unit) => running[unit] = 0;

    public void Progressed(Unit unit, FitProgress progress)
    {
        running[unit] = Math.Min(progress.Done, 0.99);                 // the last hundredth is predicting and saving
        Redraw(unit.Learner);
    }

    public void Finished(FinishedUnit finished, double score, bool cached)
    {
        left.Finished(finished, cached);
        running.Remove(finished.Unit);
        var name = finished.Unit.Learner.Name;
        scores[name].Add(score);
        bars[name].Description = Markup.Escape($"{name}  {Figures.Score(scores[name].Average())}");
        Redraw(finished.Unit.Learner);
        if (left.Text is { } text) bars[name].Description += Markup.Escape($"  ({text} left)");
    }

    public void Note(string text) { }

    /// <summary>Above the bars, which the screen draws anew below.</summary>
    public void Warned(IReadOnlyList<Warning> warnings)
    {
        foreach (var line in WarningLines.Of(warnings)) screen.WriteLine(line);
    }

    public void Dispose()
    {
        over.TrySetResult();
        drawing.Wait();
    }

    void Redraw(ILearner learner) =>
        bars[learner.Name].Value = scores[learner.Name].Count + running.Where(r => r.Key.Learner.Name == learner.Name).Sum(r => r.Value);
}
