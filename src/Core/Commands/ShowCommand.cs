using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Draws some training rows of the first fold (or the one asked for) as each network that augments them sees them.</summary>
static class ShowCommand
{
    public static int Run(Session session, CancellationToken stop)
    {
        var experiment = Experiments.Of(session);
        var learners = experiment.Learners.OfType<IShowsRows>().ToArray();
        if (learners.Length == 0)
            throw new InputException($"No learner of {session.Competition.Name} draws its rows; only networks over pictures do. There are {string.Join(", ", experiment.Learners.Select(l => l.Name))}.");
        using var share = new RunShare();
        var rows = new UnitRunner(experiment, share).TrainingRows(experiment.Folds[0], experiment.Seeds[0]);
        var context = new FitContext { Seed = experiment.Seeds[0], Device = experiment.Device, Threads = Environment.ProcessorCount, Cancel = stop };
        foreach (var learner in learners)
        {
            var path = Path.Combine(Directory.CreateDirectory(session.RunsFolder).FullName, $"batch-{FileName(learner.Name)}.png");
            WholeFile.Write(path, stream => stream.Write(learner.Show(rows, context)));
            session.Terminal.Result($"{learner.Name}: {path}");
        }
        return Outcome.Done;
    }

    static string FileName(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
}
