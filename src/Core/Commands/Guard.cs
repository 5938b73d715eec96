using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>All that is suspicious about a competition, whatever its learners will say.</summary>
static class Guard
{
    /// <param name="session">Data and learners; with --quick train and test are not set against each other by a model.</param>
    /// <param name="experiment">Its folds.</param>
    /// <param name="context">Threads and cancellation of the model that does so.</param>
    /// <returns>The gravest first.</returns>
    public static IReadOnlyList<Warning> Inspect(Session session, Experiment experiment, FitContext context)
    {
        var found = new List<Warning>(session.Data.Warnings);
        // Twins and shifts are looked for in the files' own columns: a few coarse features make twins of strangers.
        var (train, test) = RawRows.Of(session);
        found.AddRange(LeakGuard.Check(train, test, experiment.Folds, session.Data.TrainIds));
        found.AddRange(LeakGuard.Check(experiment.Train).Where(w => w.Code == "lone-feature" && found.All(f => f.Sentence != w.Sentence)));
        if (session.Layout is { } layout) found.AddRange(layout.Doubts(experiment.Train, experiment.Test, context.Threads));
        if (!session.Options.Quick && experiment.Test is { Rows: > 0 } unanswered && Adversary(session) is { } adversary)
        {
            if (AdversarialValidation.Fit(adversary, experiment.Train, unanswered, context with { Seed = experiment.Seeds[0], Device = experiment.Device }).Warn() is { } differ) found.Add(differ);
        }
        return [.. found.OrderBy(w => w.Severity switch { "danger" => 0, "warning" => 1, _ => 2 })];
    }

    /// <summary>The competition's first learner that tells two classes apart and can say by which columns.</summary>
    static ILearner? Adversary(Session session) =>
        session.Competition.Learners.FirstOrDefault(l => l.Explains && l.Learns(TaskKind.Binary))?.Quick;
}
