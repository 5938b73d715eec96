using Kaggle.Core.Reporting.Charts;

namespace Kaggle.Core.Reporting;

/// <summary>Who scored what, and on which fold.</summary>
sealed record LeaderboardSection(string Metric, string Direction, string? Decision, IReadOnlyList<string> Views, IReadOnlyList<LeaderboardRow> Rows, ChartFigure? Folds)
    : Section("leaderboard", "Leaderboard")
{
    public static Section? Of(FinishedRun run)
    {
        var document = run.Document;
        var standings = Standing.Of(document);
        if (standings.Count == 0) return null;
        return new LeaderboardSection(document.Metric.Name, document.Metric.HigherIsBetter ? "higher is better" : "lower is better",
            DecisionOf(run),
            [.. document.Learners.Where(l => l.Views is not null).Select(l => $"{l.Name}: {ViewsWording.Of(l.Views!, document.Metric.Name)}")],
            [.. standings.Select((s, i) => new LeaderboardRow(
                $"{i + 1}", s.Name, s.IsEnsemble, document.Best is { } best ? s.Name == best.Name : i == 0, Wording.Score(s.Mean), s.Folds.Count > 1 ? Wording.Score(s.Sd) : "–", Wording.Score(s.Pooled),
                s.Seconds is { } seconds ? Wording.Seconds(seconds) : "–"))],
            FoldByFold(run, standings));
    }

    static string? DecisionOf(FinishedRun run) => run.Document.Decision is not { } decision ? null
        : $"Decision: {decision.Kind}" + (decision.Thresholds.Count > 0 ? $" at {string.Join(", ", decision.Thresholds.Select(t => Wording.Value(t)))}" : "")
          + $"; with it the score is {Wording.Score(decision.Score)}, cross-validated.";

    /// <returns>Null of a holdout: an ensemble's parts of its only fold are no folds.</returns>
    static ChartFigure? FoldByFold(FinishedRun run, IReadOnlyList<Standing> standings)
    {
        if (!standings.Any(s => !s.IsEnsemble && s.Folds.Count > 1)) return null;
        var (shown, hidden) = Comparable([.. standings.Where(s => s.Folds.Count > 1 && s.Folds.All(f => double.IsFinite(f.Score)))]);
        if (shown.Count == 0) return null;
        var scores = shown.SelectMany(s => s.Folds).Select(f => f.Score).ToArray();
        var room = Math.Max((scores.Max() - scores.Min()) * 0.06, Math.Abs(scores.Max()) * 1e-6 + 1e-12);
        var plot = new Plot("Scores fold by fold", Axis.Linear(run.Document.Metric.Name, scores.Min() - room, scores.Max() + room, 4),
            Axis.Names([.. shown.Select(s => s.Name)]), height: 50 + 30 * shown.Count);

        var folds = shown.SelectMany(s => s.Folds).Select(f => f.Fold).Distinct().Order().ToArray();
        foreach (var fold in folds)
        {
            var points = shown.SelectMany((s, row) => s.Folds.Where(f => f.Fold == fold).Select(f => (f.Score, (double)row))).ToArray();
            var rows = fold < run.FoldRows.Count ? $", {Wording.Count(run.FoldRows[fold])} rows" : "";
            plot.Line("guide", points).Dots($"dots c{Colour(fold, folds.Length)}", points, $"fold {fold + 1}{rows}");
        }
        plot.Segments("mean", shown.Select((s, row) => ((s.Mean, row - 0.3), (s.Mean, row + 0.3))));
        var note = "Each dot is a fold, the bar their mean; a line follows one fold from learner to learner: where all go left together, the fold is hard."
            + (hidden.Count == 0 ? "" : $" Too far off to show: {string.Join(", ", hidden.Select(h => $"{h.Name} ({Wording.Score(h.Mean)})"))}.");
        return new("Fold by fold", note, plot, folds.Length > 7 ? [] : [.. folds.Select(f => new Legend($"dots c{Colour(f, folds.Length)}", $"fold {f + 1}"))]);
    }

    // Past seven folds colours repeat and only mislead.
    static int Colour(int fold, int folds) => folds > 7 ? 1 : fold + 1;

    /// <summary>A dummy far off would press all others into one spot: what lies further off than one and a half times the better half's width is left to words.</summary>
    static (List<Standing> Shown, List<Standing> Hidden) Comparable(List<Standing> standings)
    {
        if (standings.Count < 3) return (standings, []);
        var half = standings.Take((standings.Count + 1) / 2).SelectMany(s => s.Folds).Select(f => f.Score).ToArray();
        var (low, high) = (half.Min(), half.Max());
        var room = 1.5 * (high - low);
        var shown = standings.Where(s => s.Folds.All(f => f.Score >= low - room && f.Score <= high + room)).ToList();
        return (shown, [.. standings.Except(shown)]);
    }
}

sealed record LeaderboardRow(string Rank, string Name, bool IsEnsemble, bool IsBest, string Mean, string Sd, string Pooled, string Seconds);
