using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Groups stay together, and each fold has nearly its share of every class (of numbers: of every quantile bin).</summary>
/// <remarks>
/// Greedy, as scikit-learn's StratifiedGroupKFold: the group with the most uneven classes goes first,
/// each to the fold where the shares of the classes then vary least over folds.
/// </remarks>
public sealed record StratifiedGroupedFolds : Folds
{
    public int Count { get; init => field = Require.AtLeast(2, value); } = 5;

    public int Seed { get; init; } = 42;

    /// <summary>How many quantile bins a number is stratified by.</summary>
    public int Bins { get; init => field = Require.AtLeast(1, value); } = 10;

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        var groups = GroupedRows.Of(train, Count);
        StratifiedFolds.RequireClasses(train.Answers, Count);
        var strata = Strata.Of(train.Answers, Bins);
        var counts = Array.ConvertAll(groups.Rows, rows => Counted(rows, strata, strata.Max() + 1));
        var totals = Counted([.. Enumerable.Range(0, train.Rows)], strata, strata.Max() + 1);

        var foldOfGroup = new int[groups.Rows.Length];
        var held = new int[Count][];
        for (var fold = 0; fold < Count; fold++) held[fold] = new int[totals.Length];
        var sizes = new int[Count];
        foreach (var group in groups.Shuffled(Seed).OrderByDescending(g => Unevenness(counts[g])))
        {
            var best = 0;
            var least = double.PositiveInfinity;
            for (var fold = 0; fold < Count; fold++)
            {
                var added = Added(held[fold], counts[group], totals);
                if (added > least || (added == least && sizes[fold] >= sizes[best])) continue;
                (best, least) = (fold, added);
            }
            foldOfGroup[group] = best;
            sizes[best] += groups.Rows[group].Length;
            for (var stratum = 0; stratum < totals.Length; stratum++) held[best][stratum] += counts[group][stratum];
        }
        return Partition.Folds(groups.Spread(foldOfGroup), Count);
    }

    static int[] Counted(int[] rows, int[] strata, int count)
    {
        var counts = new int[count];
        foreach (var row in rows) counts[strata[row]]++;
        return counts;
    }

    static double Unevenness(int[] counts)
    {
        var mean = counts.Average();
        return counts.Sum(count => (count - mean) * (count - mean));
    }

    /// <summary>How much the group adds to the sum of squared shares: their mean is the same whichever fold it joins, so this ranks as variance does.</summary>
    static double Added(int[] held, int[] group, int[] totals)
    {
        var added = 0.0;
        for (var stratum = 0; stratum < totals.Length; stratum++)
        {
            if (group[stratum] == 0) continue;
            var share = (double)group[stratum] / totals[stratum];
            added += share * (share + 2.0 * held[stratum] / totals[stratum]);
        }
        return added;
    }

    public override string Describe() => $"{Count} folds, stratified and grouped, seed {Seed}";

    public override Folds WithCount(int count) => this with { Count = count };

    public override Folds WithSeed(int seed) => this with { Seed = seed };
}
