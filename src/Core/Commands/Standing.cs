using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>Where a run stands: the learners that have all their folds, their ensemble, and which of them is best.</summary>
sealed class Standing
{
    readonly Scoring plain;
    readonly Experiment experiment;
    readonly (double Lead, double Error)? memberLead;           // the best member's over the ensemble; null: it has none

    /// <param name="competition">Its ensemble and decision are fitted here.</param>
    /// <param name="experiment">Its folds.</param>
    /// <param name="members">At least one learner that is whole.</param>
    /// <param name="gains">Whether to work out what each member adds: a fit more for each.</param>
    /// <param name="cancel">Ends it between fits.</param>
    public Standing(Competition competition, Experiment experiment, IReadOnlyList<OutOfFold> members, bool gains = false, CancellationToken cancel = default)
    {
        (this.experiment, Members) = (experiment, members);
        plain = Scoring.Plain(experiment.Metric, experiment.Train.Answers);
        CrossValidatedEnsemble Fit(IEnsemble recipe, IReadOnlyList<OutOfFold> of, bool gainsToo) => CrossValidatedEnsemble.Fit(
            recipe, [.. of.Select(m => m.Predictions)], experiment.Train, experiment.Folds, experiment.Metric,
            competition.Decision, experiment.Seeds[0], gainsToo, Environment.ProcessorCount, cancel);

        // A learner alone is a mean of one: so its decision, too, is fitted on the other folds.
        Alone = [.. members.Select(m => Fit(new MeanEnsemble(), [m], false))];
        Scores = [.. Alone.Select(a => LearnerScores.Of([.. a.FoldScores.Where(double.IsFinite)], a.Pooled))];
        Ensemble = members.Count < 2 ? null : Fit(competition.Ensemble, members, gains);

        var best = 0;
        for (var i = 1; i < members.Count; i++)
            if (experiment.Metric.IsBetter(Alone[i].Score, Alone[best].Score)) best = i;
        // Blending must earn its place, but a member's lead within noise is the luck of having been picked.
        memberLead = Ensemble is not null && experiment.Metric.IsBetter(Alone[best].Score, Ensemble.Score)
            ? ScoreDoubts.OverEnsemble(Ensemble.FoldScores, Alone[best].FoldScores, experiment.Metric.HigherIsBetter, JudgedOverLearned) ?? (double.PositiveInfinity, 0)
            : null;
        SubmitsEnsemble = Ensemble is not null && !(memberLead is var (lead, error) && lead > error);
        Chosen = SubmitsEnsemble ? Ensemble! : Alone[best];
        Best = new(SubmitsEnsemble ? competition.Ensemble.Name : members[best].Learner.Name, Chosen.Score);
        BestMember = best;
        if (members.Any(m => m.Test is null)) return;
        Test = SubmitsEnsemble ? Ensemble!.Blend.Blend([.. members.Select(m => m.Test!)]) : members[best].Test;
    }

    public IReadOnlyList<OutOfFold> Members { get; }

    /// <summary>Each member with a decision of its own, in the members' order.</summary>
    public ImmutableArray<CrossValidatedEnsemble> Alone { get; }

    /// <summary>In the members' order.</summary>
    public ImmutableArray<LearnerScores> Scores { get; }

    /// <summary>Null with fewer than two members.</summary>
    public CrossValidatedEnsemble? Ensemble { get; }

    public bool SubmitsEnsemble { get; }

    /// <summary>What is submitted: the ensemble, or the best member.</summary>
    public CrossValidatedEnsemble Chosen { get; }

    public ScoreNote Best { get; }

    /// <summary>The number of the best single member.</summary>
    public int BestMember { get; }

    /// <summary>(test rows, outputs) of the best; null without test rows.</summary>
    public Predictions? Test { get; }

    /// <summary>What the submission's columns are made of.</summary>
    public Matrix Decided => Chosen.Decision.Apply(Test!);

    /// <returns>That the best's lead over the next, or a member's over the ensemble that is submitted, is within the folds' noise; null where it is not, or there is no next.</returns>
    public Warning? Doubt()
    {
        if (SubmitsEnsemble && memberLead is var (lead, error))
            return new("note", "ensemble-within-noise", FormattableString.Invariant(
                $"{Members[BestMember].Learner.Name} alone scores {lead:0.#####} better than {Best.Name}, within one standard error of the difference ({error:0.#####}): the ensemble is submitted, since the best of {Members.Count} learners is best partly by luck."));
        var others = Enumerable.Range(0, Members.Count).Where(i => SubmitsEnsemble || i != BestMember).Select(i => (Name: Members[i].Learner.Name, Of: Alone[i]));
        if (!SubmitsEnsemble && Ensemble is not null) others = others.Append(("The ensemble", Ensemble));
        var higher = experiment.Metric.HigherIsBetter;
        var next = others.OrderBy(o => higher ? -o.Of.Score : o.Of.Score).FirstOrDefault();
        return next.Of is null ? null : ScoreDoubts.Lead(Best.Name, Chosen.FoldScores, next.Name, next.Of.FoldScores, higher, JudgedOverLearned);
    }

    double JudgedOverLearned => (double)experiment.Folds[0].Validation.Length / Math.Max(1, experiment.Folds[0].Train.Length);

    /// <summary>The plain score of one unit; with a fitted decision the learner's own differs a little.</summary>
    public double ScoreOf(FinishedUnit unit) => plain.Score(unit.Result.Validation, experiment.Train.Take(unit.Unit.Fold.Validation));
}
