using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Folds of equal size (within one row), blind to the target.</summary>
public sealed record KFolds : Folds
{
    public int Count { get; init => field = Require.AtLeast(2, value); } = 5;

    /// <summary>What rows are drawn by; null: blocks of neighbouring rows.</summary>
    public int? Seed { get; init; }

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        Partition.RequireRows(train.Rows, Count);
        var order = Enumerable.Range(0, train.Rows).ToArray();
        if (Seed is { } seed) new Random(seed).Shuffle(order);
        var foldOf = new int[train.Rows];
        for (var i = 0; i < order.Length; i++) foldOf[order[i]] = (int)((long)i * Count / order.Length);
        return Partition.Folds(foldOf, Count);
    }

    public override string Describe() => Seed is { } seed ? $"{Count} folds, shuffled, seed {seed}" : $"{Count} folds in the table's order";

    public override Folds WithCount(int count) => this with { Count = count };

    public override Folds WithSeed(int seed) => Seed is null ? this : this with { Seed = seed };
}
