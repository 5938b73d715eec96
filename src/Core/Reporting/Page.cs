using System.Globalization;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>The whole report: its top, which answers the question, and its sections.</summary>
/// <param name="State">A sentence when the run is not finished; else null.</param>
/// <param name="Score">The best score; null when no learner is done.</param>
/// <param name="Sd">Its standard deviation over the folds; null when it is not known.</param>
/// <param name="Verdict">What reached the score, in a sentence.</param>
sealed record Page(
    string CompetitionName, string Run, string Question, string? State, string? Score, string? Sd, string Metric, string Verdict,
    string? Submission, string? SubmissionRows, IReadOnlyList<Fact> Facts, IReadOnlyList<Section> Sections)
{
    public static Page Of(FinishedRun run, IReadOnlyList<Section> sections)
    {
        var document = run.Document;
        var standings = Standing.Of(document);
        var best = document.Best is { } named ? standings.FirstOrDefault(s => s.Name == named.Name) : standings.FirstOrDefault();
        return new(document.CompetitionName, document.Run, document.Question ?? document.CompetitionName, StateOf(document.Status),
            document.Best is { } b ? Wording.Score(b.Score) : best is null ? null : Wording.Score(best.Mean),
            best is { Folds.Count: > 1 } ? Wording.Score(best.Sd) : null,
            document.Metric.Name, VerdictOf(document, best),
            document.Submission is { } written ? Near(run.Folder, written.Path) : null, document.Submission is { } s ? Wording.Count(s.Rows) : null,
            [.. FactsOf(document)], sections);
    }

    /// <summary>From the output folder on, where the run folder lies in runs/&lt;Name&gt;/: a reader knows the rest, and it is no business of a report that is passed on.</summary>
    static string Near(string runFolder, string path)
    {
        if (!Path.IsPathRooted(path)) return path;
        var relative = Path.GetRelativePath(Path.GetFullPath(Path.Combine(runFolder, "..", "..", "..")), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    static string VerdictOf(RunDocument document, Standing? best)
    {
        var name = document.Best?.Name ?? best?.Name;
        if (name is null) return "No learner has finished all its folds yet.";
        var direction = document.Metric.HigherIsBetter ? "higher is better" : "lower is better";
        var spread = best is { Folds.Count: > 1 } ? $" ± is the standard deviation over {best.Folds.Count} folds." : "";
        return $"{name}, out of fold; {direction}.{spread}";
    }

    static string? StateOf(string status) => status switch
    {
        "finished" => null,
        "running" => "This run is still going on; what follows is what is finished so far.",
        "stopped" => "This run was stopped early; what follows is what had finished by then. The same command goes on with it.",
        "failed" => "This run failed; what follows is what had finished by then.",
        _ => $"This run's state: {status}.",
    };

    static IEnumerable<Fact> FactsOf(RunDocument document)
    {
        yield return new("Task", document.Task);
        yield return new("Validation", document.Validation);
        yield return new("Training rows", Wording.Count(document.Data.Train.Rows));
        if (document.Data.Test is { } test) yield return new("Test rows", Wording.Count(test.Rows));
        yield return new("Learners", Wording.Count(document.Learners.Count));
        yield return new("Time", Wording.Seconds(document.Seconds));
        if (document.PeakMemoryMb > 0) yield return new("Peak memory", $"{document.PeakMemoryMb.ToString("#,0", CultureInfo.InvariantCulture)} MB");
        yield return new("Started", document.Started.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }
}

sealed record Fact(string Name, string Text);
