namespace Kaggle.Baselines.Boosting;

/// <summary>One of LightGBM's trees: its leaves from left to right, and for each split the leaves on its left.</summary>
sealed class LeafTree
{
    public const int MostLeaves = 64;                          // a word's bits

    // decision_type of a split in LightGBM's model file
    const int Categorical = 1, MissingGoesLeft = 2, MissingKind = 3 << 2, ZeroIsMissing = 1 << 2, NanIsMissing = 2 << 2;

    readonly int[] left, right;
    readonly double[] leafValues;
    readonly List<double> leaves = [];
    readonly ulong[] leftOf;

    LeafTree(int[] left, int[] right, double[] leafValues)
    {
        (this.left, this.right, this.leafValues, leftOf) = (left, right, leafValues, new ulong[left.Length]);
        _ = Visit(left.Length > 0 ? 0 : ~0);
    }

    /// <summary>From left to right.</summary>
    public IReadOnlyList<double> Leaves => leaves;

    public required IReadOnlyList<NumberSplit> Numbers { get; init; }

    public required IReadOnlyList<LevelSplit> Levels { get; init; }

    /// <returns>Null for a tree with linear leaves, more than <see cref="MostLeaves"/>, or one that takes zeros for missing.</returns>
    public static LeafTree? Of(BoosterText.Section section)
    {
        var decisions = section.Integers("decision_type");
        var values = section.Numbers("leaf_value");
        if (section.Words("is_linear") is ["1"] || values.Length > MostLeaves || decisions.Any(d => (d & MissingKind) == ZeroIsMissing)) return null;
        var (columns, thresholds) = (section.Integers("split_feature"), section.Numbers("threshold"));
        var (bounds, sets) = (section.Integers("cat_boundaries"), section.Numbers("cat_threshold"));
        var (numbers, levels) = (new List<NumberSplit>(), new List<LevelSplit>());
        var tree = new LeafTree(section.Integers("left_child"), section.Integers("right_child"), values) { Numbers = numbers, Levels = levels };
        for (var i = 0; i < columns.Length; i++)
            if ((decisions[i] & Categorical) == 0)
                numbers.Add(new(columns[i], NotAbove(thresholds[i]), MissingLeft(decisions[i], thresholds[i]), ~tree.leftOf[i]));
            else
                levels.Add(new(columns[i], [.. sets[bounds[(int)thresholds[i]]..bounds[(int)thresholds[i] + 1]].Select(word => (uint)word)], ~tree.leftOf[i]));
        return tree;
    }

    // Where NaN is not "missing" to a split, LightGBM takes it for 0.
    static bool MissingLeft(int decision, double threshold) =>
        (decision & MissingKind) == NanIsMissing ? (decision & MissingGoesLeft) != 0 : threshold >= 0;

    /// <returns>The greatest float32 up to a number: a float32 is at most the one exactly when it is at most the other.</returns>
    static float NotAbove(double number)
    {
        var near = (float)number;
        return near > number ? MathF.BitDecrement(near) : near;
    }

    /// <returns>The leaves under a node (or under the complement of a leaf's number), a bit for each.</returns>
    ulong Visit(int node)
    {
        if (node < 0)
        {
            leaves.Add(leafValues[~node]);
            return 1UL << (leaves.Count - 1);
        }
        leftOf[node] = Visit(left[node]);
        return leftOf[node] | Visit(right[node]);
    }

    /// <summary>Numbers above the threshold go right.</summary>
    /// <param name="Column">The column's number.</param>
    /// <param name="Threshold">The greatest number that goes left.</param>
    /// <param name="MissingLeft">Where a missing number goes.</param>
    /// <param name="Kept">The leaves that are left of a row that goes right.</param>
    public readonly record struct NumberSplit(int Column, float Threshold, bool MissingLeft, ulong Kept);

    /// <summary>Levels outside a set, missing ones too, go right.</summary>
    /// <param name="Column">The column's number.</param>
    /// <param name="Set">A bit for each level that goes left.</param>
    /// <param name="Kept">The leaves that are left of a row that goes right.</param>
    public sealed record LevelSplit(int Column, uint[] Set, ulong Kept)
    {
        public int Levels => 32 * Set.Length;

        public bool Holds(int level) => level < Levels && (Set[level >> 5] >> (level & 31) & 1) != 0;
    }
}
