using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kaggle.Baselines.Boosting;

/// <summary>As many trees as stay in the cache together, their splits by column.</summary>
sealed class TreeTile
{
    public const int MostTrees = 512;
    const int MostStrikes = 1 << 20;                           // 16 MB; a category of many thousand levels would take more

    readonly int first;
    readonly NumberStrikes[] numbers;
    readonly LevelStrikes[] levels;
    readonly double[] leaves;                                  // (trees, most leaves)

    TreeTile(int first, NumberStrikes[] numbers, LevelStrikes[] levels, double[] leaves) =>
        (this.first, this.numbers, this.levels, this.leaves) = (first, numbers, levels, leaves);

    /// <param name="trees">The trees.</param>
    /// <param name="first">The number of the first among all trees.</param>
    /// <returns>Null when a category has so many levels that walking down is cheaper.</returns>
    public static TreeTile? Of(List<LeafTree> trees, int first)
    {
        var leaves = new double[trees.Count * LeafTree.MostLeaves];
        for (var t = 0; t < trees.Count; t++)
            for (var leaf = 0; leaf < trees[t].Leaves.Count; leaf++) leaves[t * LeafTree.MostLeaves + leaf] = trees[t].Leaves[leaf];
        var numbers = trees.SelectMany((tree, t) => tree.Numbers.Select(split => (Tree: t, Split: split)));
        var sets = trees.SelectMany((tree, t) => tree.Levels.Select(split => (Tree: t, Split: split))).GroupBy(s => s.Split.Column).ToList();
        if (sets.Sum(column => (long)column.Count() * (column.Max(s => s.Split.Levels) + 1)) > MostStrikes) return null;
        return new(
            first,
            [.. numbers.GroupBy(n => n.Split.Column).Select(column => new NumberStrikes(column.Key, [.. column.OrderBy(n => n.Split.Threshold)]))],
            [.. sets.Select(column => new LevelStrikes(column.Key, [.. column]))],
            leaves);
    }

    /// <param name="rows">(rows, columns) float32, row after row.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="sums">(rows, classes) to which each row's leaves are added.</param>
    /// <param name="classes">Tree t counts for class t mod classes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]      // a first prediction in unoptimised code takes several times as long
    public void Add(ReadOnlySpan<float> rows, int columns, Span<double> sums, int classes)
    {
        Span<ulong> alive = stackalloc ulong[MostTrees];
        alive = alive[..(leaves.Length / LeafTree.MostLeaves)];
        for (; rows.Length > 0; rows = rows[columns..], sums = sums[classes..])
        {
            alive.Fill(ulong.MaxValue);
            foreach (var column in numbers) column.Strike(rows[column.Column], alive);
            foreach (var column in levels) column.Strike(rows[column.Column], alive);
            var @class = first % classes;
            for (var t = 0; t < alive.Length; t++)
            {
                sums[@class] += leaves[t * LeafTree.MostLeaves + BitOperations.TrailingZeroCount(alive[t])];
                if (++@class == classes) @class = 0;
            }
        }
    }

    /// <summary>Which tree loses leaves.</summary>
    readonly record struct Strike(ulong Kept, int Tree);

    /// <summary>A number column's splits by rising threshold.</summary>
    sealed class NumberStrikes(int column, (int Tree, LeafTree.NumberSplit Split)[] splits)
    {
        readonly float[] thresholds = [.. splits.Select(s => s.Split.Threshold)];
        readonly Strike[] above = [.. splits.Select(s => new Strike(s.Split.Kept, s.Tree))];
        readonly Strike[] missing = [.. splits.Where(s => !s.Split.MissingLeft).Select(s => new Strike(s.Split.Kept, s.Tree))];

        public int Column => column;

        public void Strike(float value, Span<ulong> alive)
        {
            if (float.IsNaN(value))
                foreach (var (kept, tree) in missing) alive[tree] &= kept;
            else
                for (var i = 0; i < thresholds.Length && value > thresholds[i]; i++) alive[above[i].Tree] &= above[i].Kept;
        }
    }

    /// <summary>A category's splits by level.</summary>
    sealed class LevelStrikes(int column, (int Tree, LeafTree.LevelSplit Split)[] splits)
    {
        // the last are for levels that no split knows, and for missing ones
        readonly Strike[][] outside =
            [.. Enumerable.Range(0, splits.Max(s => s.Split.Levels) + 1).Select(level => splits.Where(s => !s.Split.Holds(level)).Select(s => new Strike(s.Split.Kept, s.Tree)).ToArray())];

        public int Column => column;

        public void Strike(float value, Span<ulong> alive)
        {
            var known = value >= 0 && value < outside.Length - 1 ? (int)value : outside.Length - 1;
            foreach (var (kept, tree) in outside[known]) alive[tree] &= kept;
        }
    }
}
