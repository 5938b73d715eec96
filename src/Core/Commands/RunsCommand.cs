using System.Globalization;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>The leaderboard of a competition's runs.</summary>
static class RunsCommand
{
    public static int Run(Session session)
    {
        var runs = RunFolder.All(session.RunsFolder).Select(r => r.Read()).OfType<RunDocument>().ToList();
        if (runs.Count == 0)
        {
            session.Terminal.Result($"There are no runs in {session.RunsFolder} yet.");
            return Outcome.Done;
        }
        var grid = new Grid().Left("run").Left("status").Left("metric").Right("score").Left("by").Left("validation").Right("seconds");
        foreach (var run in runs.OrderBy(r => r.Best is null).ThenBy(r => r.Best is { } b ? r.Metric.HigherIsBetter ? -b.Score : b.Score : 0))
            grid.Row(
                run.Run, run.Status, run.Metric.Name, run.Best is { } best ? Figures.Score(best.Score) : "",
                run.Best?.Name ?? "", run.Validation, run.Seconds.ToString("F0", CultureInfo.InvariantCulture));
        session.Terminal.Show(grid);
        return Outcome.Done;
    }
}
