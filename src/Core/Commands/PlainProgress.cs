using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>One line for each finished unit, with the time left: for pipes and logs.</summary>
sealed class PlainProgress(Terminal terminal, Experiment experiment, TimeProvider clock) : IRunObserver
{
    readonly TimeLeft left = new(experiment, clock);
    readonly FetchedLines lines = new(terminal.Line, clock);

    public void Fetched(FetchProgress progress) => lines.Fetched(progress);

    public void Started(Unit unit) { }

    public void Progressed(Unit unit, FitProgress progress) { }

    public void Finished(FinishedUnit finished, double score, bool cached)
    {
        left.Finished(finished, cached);
        var (unit, result) = finished;
        var seed = experiment.Seeds.Length > 1 ? $", seed {unit.Seed}" : "";
        var how = cached ? "found finished" : result.Seconds.ToString("F1", CultureInfo.InvariantCulture) + " s";
        terminal.Line($"{unit.Learner.Name}, fold {unit.Fold.Number + 1}{seed}: {Figures.Score(score)} ({how}){(left.Text is { } text ? $", {text} left" : "")}");
    }

    public void Note(string text) => terminal.Line(text);

    public void Warned(IReadOnlyList<Warning> warnings) => WarningLines.Print(terminal, warnings);

    public void Dispose() { }
}
