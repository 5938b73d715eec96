using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning;

/// <summary>Which rows a learner that stops early is shown while it trains.</summary>
public abstract record EarlyStopRows
{
    /// <summary>One part in so many of the fold's own training rows, split as the competition's folds are: out-of-fold scores stay honest.</summary>
    public static EarlyStopRows Inner(int parts = 10) => new InnerRows(parts);

    /// <summary>The rows the fold is judged on. More rows to learn from, and a score that has seen its answers a little.</summary>
    public static EarlyStopRows Fold { get; } = new FoldRows();

    /// <returns>What to learn from, and what to stop on.</returns>
    internal abstract (Dataset Train, Dataset? Stop) Split(Dataset train, Dataset validation, Folds scheme);
}

public sealed record InnerRows(int Parts) : EarlyStopRows
{
    internal override (Dataset Train, Dataset? Stop) Split(Dataset train, Dataset validation, Folds scheme)
    {
        // Too few rows to spare any: the learner runs its full length.
        if (train.Rows < 2 * Parts) return (train, null);
        var inner = Scheme(train, scheme).Split(train)[^1];             // the last: in time, the nearest to what is to be predicted
        return (train.Take(inner.Train), train.Take(inner.Validation));
    }

    Folds Scheme(Dataset train, Folds scheme) => scheme switch
    {
        RepeatedFolds repeated => Scheme(train, repeated.Inner),
        HorizonFolds ahead => ahead with { Count = 1 },
        StretchFolds stretches => stretches.WithCount(Math.Clamp(stretches.Filled(train), 2, Parts)),
        // Their parts are the table's own: one more part cannot be asked of them.
        PredefinedFolds or HoldoutFolds => Folds.Holdout(1.0 / Parts),
        GroupedFolds or StratifiedGroupedFolds => scheme.WithCount(Math.Min(Parts, Distinct(train))),
        _ => scheme.WithCount(Parts),
    };

    static int Distinct(Dataset train)
    {
        var seen = new HashSet<int>();
        foreach (var group in train.Groups!.Value.Span) seen.Add(group);
        return Math.Max(2, seen.Count);
    }
}

public sealed record FoldRows : EarlyStopRows
{
    internal override (Dataset Train, Dataset? Stop) Split(Dataset train, Dataset validation, Folds scheme) => (train, validation);
}
