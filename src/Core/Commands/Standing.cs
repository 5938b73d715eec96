using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Where a run stands: the learners that have all their folds, and which of them is best.</summary>
sealed class Standing
{
    readonly Experiment experiment;
    readonly Scoring scoring;

    public Standing(Experiment experiment, Scoring scoring, IReadOnlyList<OutOfFold> members)
    {
        (this.experiment, this.scoring, Members) = (experiment, scoring, members);
        Scores = [.. members.Select(ScoresOf)];
        var single = 0;
        for (var i = 1; i < members.Count; i++)
            if (experiment.Metric.IsBetter(Scores[i].Mean, Scores[single].Mean)) single = i;
        Best = new(members[single].Learner.Name, Scores[single].Mean);
        OutOfFold = members[single].Predictions;
        Test = members[single].Test;
    }

    public IReadOnlyList<OutOfFold> Members { get; }

    /// <summary>In the members' order.</summary>
    public ImmutableArray<LearnerScores> Scores { get; }

    public ScoreNote Best { get; }

    /// <summary>(training rows, outputs) of the best.</summary>
    public Predictions OutOfFold { get; }

    /// <summary>(test rows, outputs) of the best.</summary>
    public Predictions? Test { get; }

    /// <summary>What the submission's columns are made of.</summary>
    public Matrix Decided => scoring.Decision.Apply(Test!);

    public double ScoreOf(FinishedUnit unit) => scoring.Score(unit.Result.Validation, experiment.Train.Take(unit.Unit.Fold.Validation));

    LearnerScores ScoresOf(OutOfFold member)
    {
        var train = experiment.Train;
        var byFold = experiment.Folds.Select(fold => scoring.Score(member.Of(fold), train.Take(fold.Validation))).ToArray();
        return LearnerScores.Of(byFold, scoring.Score(member.Predictions.Take(member.Covered), train.Take(member.Covered)));
    }
}
