using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;
using Microsoft.Data.Analysis;

namespace Kaggle.Core.Commands;

/// <summary>A competition, declared: what is asked, how it is judged, and who tries.</summary>
public sealed record Competition
{
    /// <summary>As in <c>competitions/&lt;Name&gt;</c>; the real files are looked for in its kebab form, <c>house-prices</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for the report's top.</summary>
    public required string Question { get; init; }

    /// <summary>How files that are not train.csv and test.csv become tables; null: only those count.</summary>
    public IFileLayout? Layout { get; init; }

    /// <summary>The folder's names under KAGGLE_DATA, the first Kaggle's own name of the competition; empty: the kebab form of <see cref="Name"/>.</summary>
    public ImmutableArray<string> DataFolders { get; init; } = [];

    /// <summary>What to do for the real files, one sentence; null: they are Kaggle's, of the competition that the first of <see cref="DataFolders"/> names.</summary>
    public string? RealFiles { get; init; }

    public required Target Target { get; init; }

    public required Metric Metric { get; init; }

    public required Folds Folds { get; init; }

    public required ImmutableArray<ILearner> Learners { get; init; }

    /// <summary>Who names each user's best items in <c>recommend</c>; none: there are no users and items.</summary>
    public ImmutableArray<ILearner> Rankers { get; init; } = [];

    /// <summary>The column of users, for <see cref="Rankers"/>.</summary>
    public string User { get; init; } = "user";

    /// <summary>The id's column; null: the first column of the sample submission.</summary>
    public string? Id { get; init; }

    /// <summary>Train and test rows as one table without the target → the columns that learners see. Null: the table as it is.</summary>
    public Func<DataFrame, DataFrame>? Features { get; init; }

    /// <summary>As <see cref="Features"/>, for those that read further files: word vectors. At most one of the two is declared.</summary>
    public Func<DataFrame, OtherFiles, DataFrame>? FeaturesFromFiles { get; init; }

    /// <summary>Fitted inside each fold, on its training rows, before any learner: for what looks at the target.</summary>
    public ImmutableArray<IEncoder> Encoders { get; init; } = [];

    public IEnsemble Ensemble { get; init; } = new GreedyEnsemble();

    /// <summary>How predictions become labels; null: what is usual for the metric.</summary>
    public IDecisionRule? Decision { get; init; }

    /// <summary>What learners that stop early are shown.</summary>
    public EarlyStopRows Stopping { get; init; } = EarlyStopRows.Inner();

    /// <summary>Where a column's kind, or which columns are id, group, time and weight, must be said.</summary>
    public ColumnOptions Columns { get; init; } = new();

    /// <summary>The test rows are predicted by models trained on all rows: where folds, as those of time, learn from much less.</summary>
    public bool Retrain { get; init; }

    /// <summary>Sentences shown before training and in <c>check</c>: what was inferred, what was left out.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Makes the embedded sample's files anew.</summary>
    public Func<IReadOnlyList<SampleFile>>? Sample { get; init; }

    /// <summary>Runs the command line of this competition.</summary>
    /// <returns>The exit code: 0, 1 for a bug, 2 for a mistake of the user's, 130 after Ctrl-C.</returns>
    public Task<int> RunAsync(string[] args) => new CommandLine(new DeclaredCompetition(this)).RunAsync(args);
}
