using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Tries learning rates on the first fold's training rows (or the one asked for), trains nothing, and draws what each network makes of them.</summary>
static class RateCommand
{
    public static int Run(Session session, CancellationToken stop)
    {
        var experiment = Experiments.Of(session);
        var learners = experiment.Learners.OfType<IFindsRate>().ToArray();
        if (learners.Length == 0)
            throw new InputException($"No learner of {session.Competition.Name} learns at a rate that can be looked for; only networks do. There are {string.Join(", ", experiment.Learners.Select(l => l.Name))}.");
        NeededFiles.Fetch(learners, new FetchedLines(session.Terminal.Line, session.Clock).Fetched, stop);
        using var share = new RunShare();
        var rows = new UnitRunner(experiment, share).TrainingRows(experiment.Folds[0], experiment.Seeds[0]);
        var context = new FitContext { Seed = experiment.Seeds[0], Device = experiment.Device, Threads = Environment.ProcessorCount, Metric = experiment.Metric, Cancel = stop };
        List<(string, RateCurve)> found = [];
        var grid = new Grid().Left("").Right("now");
        foreach (var (name, _) in new RateCurve([], []).Suggestions) grid.Right(name);
        foreach (var learner in learners)
        {
            session.Terminal.Line($"{learner.Name}: trying learning rates on {rows.Rows} rows");
            var curve = learner.FindRate(rows, context);
            found.Add((learner.Name, curve));
            grid.Row([learner.Name, Text(curve.Now), .. curve.Suggestions.Select(s => Text(s.Rate))]);
        }
        session.Terminal.Show(grid);
        session.Terminal.Line("'valley' is the usual choice: new … { LearningRate = … } in the declaration. Compare the two runs before believing it.");
        var path = Path.Combine(Directory.CreateDirectory(session.RunsFolder).FullName, "lr-find.html");
        WholeFile.WriteText(path, RatesPage.Of(session.Competition.Name, found));
        session.Terminal.Result($"Plot: {path}");
        return Outcome.Done;
    }

    static string Text(double? rate) => rate?.ToString("0.0e-0", CultureInfo.InvariantCulture) ?? "";
}
