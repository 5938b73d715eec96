using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>All rows of one of <see cref="Dataset.Groups"/> stand on the same side of every fold.</summary>
/// <remarks>The largest group goes first, each to the fold with the fewest rows so far; the seed orders groups of one size.</remarks>
public sealed record GroupedFolds : Folds
{
    public int Count { get; init => field = Require.AtLeast(2, value); } = 5;

    public int Seed { get; init; } = 42;

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        var groups = GroupedRows.Of(train, Count);
        var foldOfGroup = new int[groups.Rows.Length];
        var sizes = new int[Count];
        foreach (var group in groups.Shuffled(Seed).OrderByDescending(g => groups.Rows[g].Length))
        {
            var fold = Array.IndexOf(sizes, sizes.Min());
            foldOfGroup[group] = fold;
            sizes[fold] += groups.Rows[group].Length;
        }
        return Partition.Folds(groups.Spread(foldOfGroup), Count);
    }

    public override string Describe() => $"{Count} folds, grouped, seed {Seed}";

    public override Folds WithCount(int count) => this with { Count = count };

    public override Folds WithSeed(int seed) => this with { Seed = seed };
}
