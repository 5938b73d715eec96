using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning;

/// <summary>All that the units of one cross-validation have in common.</summary>
public sealed record Experiment
{
    public required Dataset Train { get; init; }

    public Dataset? Test { get; init; }

    public required Folds Scheme { get; init; }

    /// <summary>The folds that <see cref="Scheme"/> makes of <see cref="Train"/>.</summary>
    public required IReadOnlyList<Fold> Folds { get; init; }

    /// <summary>Encoders of the competition, fitted on each fold's training part before any learner sees it.</summary>
    public ImmutableArray<IEncoder> Encoders { get; init; } = [];

    public EarlyStopRows Stopping { get; init; } = EarlyStopRows.Inner();

    public required Metric Metric { get; init; }

    public required ImmutableArray<ILearner> Learners { get; init; }

    public ImmutableArray<int> Seeds { get; init; } = [42];

    public Device Device { get; init; }

    /// <summary>Whether trainings record all that can be recorded; no part of a unit's key, as it changes no result.</summary>
    public bool Diagnose { get; init; }

    /// <summary>Versions that a unit's result depends on, as one string.</summary>
    public required string Packages { get; init; }

    /// <summary>SHA-256 of train and test.</summary>
    public required string DataHash { get; init; }

    /// <summary>The units in the order they are worked on: a learner's folds together, so that one is whole early.</summary>
    public IEnumerable<Unit> Units(ILearner learner) =>
        from seed in Seeds
        from fold in Folds
        select new Unit(learner, seed, fold, UnitKey.Of(this, learner, seed, fold));
}

/// <summary>A unit of work: one learner, one seed, one fold.</summary>
/// <param name="Key">A hash of all that its result depends on.</param>
public sealed record Unit(ILearner Learner, int Seed, Fold Fold, string Key);
