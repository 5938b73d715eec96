using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Reads the learners of a finished run back from its units.</summary>
static class FinishedRun
{
    /// <param name="document">The run.</param>
    /// <param name="experiment">Whose declaration has the learners and whose folds are the run's.</param>
    /// <param name="store">Where the units lie.</param>
    /// <exception cref="InputException">The declaration or the folds have changed since, or units are gone.</exception>
    public static IReadOnlyList<OutOfFold> Members(RunDocument document, Experiment experiment, UnitStore store) =>
        [.. document.Learners.Select(note => OutOfFold.Of(Learner(note, document, experiment), Units(note, document, experiment, store), experiment))];

    static ILearner Learner(LearnerNote note, RunDocument document, Experiment experiment) =>
        experiment.Learners.FirstOrDefault(l => l.Name == note.Name)
            ?? throw new InputException($"Run {document.Run} trained '{note.Name}', which the competition no longer declares. Declare it again, or choose another run.");

    static List<FinishedUnit> Units(LearnerNote note, RunDocument document, Experiment experiment, UnitStore store)
    {
        var learner = Learner(note, document, experiment);
        var units = new List<FinishedUnit>();
        foreach (var unit in note.Units)
        {
            var result = store.Find(unit.Key)
                ?? throw new InputException($"Unit {unit.Key} of run {document.Run} is gone; run it again.");
            var fold = experiment.Folds.FirstOrDefault(f => f.Number == unit.Fold);
            if (fold is null || fold.Validation.Length != result.Validation.Rows)
                throw new InputException($"The folds of run {document.Run} are not those of the declaration now; give the run's options (--quick, --folds, --subset, --data) again.");
            units.Add(new(new(learner, unit.Seed, fold, unit.Key), result));
        }
        return units;
    }
}
