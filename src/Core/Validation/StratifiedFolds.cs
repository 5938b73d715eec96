using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Each fold has its share of every class, or of every quantile bin of a number: they differ by at most one row.</summary>
/// <remarks>
/// As in scikit-learn, a class with fewer rows than folds is allowed: some folds then lack it, and the leak guard says so.
/// Only when every class is so small is it an error. Multilabel rows are alike when all their labels are.
/// </remarks>
public sealed record StratifiedFolds : Folds
{
    public int Count { get; init => field = Require.AtLeast(2, value); } = 5;

    public int Seed { get; init; } = 42;

    /// <summary>How many quantile bins a number is stratified by.</summary>
    public int Bins { get; init => field = Require.AtLeast(1, value); } = 10;

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        Partition.RequireRows(train.Rows, Count);
        RequireClasses(train.Answers, Count);
        return Partition.Folds(Partition.Deal(Strata.Of(train.Answers, Bins), Count, Seed), Count);
    }

    /// <exception cref="InputException">No class has as many rows as there are folds.</exception>
    internal static void RequireClasses(TargetValues answers, int count)
    {
        if (answers.Task is not (TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal)) return;
        var largest = answers.Truth.Column(0).ToArray().CountBy(code => (int)code).MaxBy(c => c.Value);
        if (largest.Value >= count) return;
        var name = largest.Key < answers.Classes.Length ? answers.Classes[largest.Key] : $"{largest.Key}";
        throw new InputException(
            $"No class of '{answers.Target.Columns[0]}' has {count} rows, one for each fold: the largest, '{name}', has {largest.Value}. " +
            "If the column holds numbers, declare Target.Number; else ask for fewer folds.");
    }

    public override string Describe() => $"{Count} folds, stratified, seed {Seed}";

    public override Folds WithCount(int count) => this with { Count = count };

    public override Folds WithSeed(int seed) => this with { Seed = seed };
}
