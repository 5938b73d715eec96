using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>The default verb.</summary>
static class RunCommand
{
    public static async Task<int> RunAsync(Session session, CancellationToken stop)
    {
        var terminal = session.Terminal;
        terminal.Line($"{session.Competition.Name}: {session.Competition.Question}");
        foreach (var note in session.Competition.Notes.Concat(Experiments.LeftOut(session.Competition))) terminal.Line(note);
        var run = new CompetitionRun(session);
        var (train, test) = (session.Data.Train, session.Data.Test);
        terminal.Line($"{train.Rows} training rows, {test?.Rows ?? 0} test rows, {train.Columns.Length} columns; {run.Experiment.Scheme.Describe()}; metric {session.Competition.Metric.Name}");
        if (run.Finished() is { } known)
        {
            WarningLines.Print(terminal, known.Warnings);
            terminal.Line("This run was finished before; nothing is computed again.");
            return Show(session, run.Folder, known);
        }
        RunDocument document;
        using (IRunObserver observer = terminal.IsLive
            ? new LiveProgress(terminal, run.Experiment, session.Clock)
            : new PlainProgress(terminal, run.Experiment, session.Clock))
            document = await run.RunAsync(observer, stop);
        return Show(session, run.Folder, document);
    }

    static int Show(Session session, RunFolder folder, RunDocument document)
    {
        var terminal = session.Terminal;
        var grid = new Grid().Left("").Right($"{document.Metric.Name}, mean ± sd").Right("pooled").Right("weight").Right("seconds");
        var order = document.Metric.HigherIsBetter
            ? document.Learners.OrderByDescending(l => l.Mean)
            : document.Learners.OrderBy(l => l.Mean);
        foreach (var learner in order)
        {
            var weight = document.Ensemble?.Members.FirstOrDefault(m => m.Learner == learner.Name)?.Weight;
            grid.Row(
                learner.Name, $"{Figures.Score(learner.Mean)} ± {Figures.Score(learner.Sd)}", Figures.Score(learner.Pooled),
                weight is { } w ? w.ToString("F2", CultureInfo.InvariantCulture) : "", learner.Seconds.ToString("F1", CultureInfo.InvariantCulture));
        }
        if (document.Ensemble is { } ensemble)
            grid.Row(ensemble.Name, Figures.Score(ensemble.Score), "", "", "");
        if (!session.Options.Quiet) terminal.Show(grid);
        foreach (var learner in document.Learners)
            if (learner.Views is { } views) terminal.Line($"{learner.Name}: {ViewsWording.Of(views, document.Metric.Name)}");
        if (document.Best is { } best)
            terminal.Result($"Best: {best.Name}, {document.Metric.Name} {Figures.Score(best.Score)} out of fold{(document.Status == "finished" ? "" : $" (run {document.Status})")}");
        if (document.Submission is { } submission) terminal.Result($"Submission: {submission.Path} ({submission.Rows} rows)");
        terminal.Result($"Report: {folder.ReportPath}");
        return Outcome.Done;
    }
}

/// <summary>The leak guard's warnings as lines.</summary>
static class WarningLines
{
    public static void Print(Terminal terminal, IEnumerable<Warning> warnings)
    {
        foreach (var line in Of(warnings)) terminal.Line(line);
    }

    public static IEnumerable<string> Of(IEnumerable<Warning> warnings) =>
        warnings.Select(warning => $"{char.ToUpperInvariant(warning.Severity[0])}{warning.Severity[1..]}: {warning.Sentence}");
}
