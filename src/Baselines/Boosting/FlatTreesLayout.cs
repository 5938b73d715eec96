namespace Kaggle.Baselines.Boosting;

/// <summary>Lays LightGBM's trees one behind the other.</summary>
sealed class FlatTreesLayout
{
    // decision_type of a split in LightGBM's model file
    const int Categorical = 1, MissingGoesLeft = 2, MissingKind = 3 << 2, ZeroIsMissing = 1 << 2, NanIsMissing = 2 << 2;

    readonly List<FlatTrees.Node> nodes = [];
    readonly List<double> leaves = [];
    readonly List<uint> levels = [];
    readonly List<int> roots = [];

    public FlatTrees.Node[] Nodes => [.. nodes];

    public double[] Leaves => [.. leaves];

    public uint[] Levels => [.. levels];

    public int[] Roots => [.. roots];

    /// <returns>False for a tree with linear leaves, or one that takes zeros for missing.</returns>
    public bool TryAdd(BoosterText.Section tree)
    {
        var decisions = tree.Integers("decision_type");
        if (tree.Words("is_linear") is ["1"] || decisions.Any(decision => (decision & MissingKind) == ZeroIsMissing)) return false;
        var (columns, thresholds) = (tree.Integers("split_feature"), tree.Numbers("threshold"));
        var (left, right) = (tree.Integers("left_child"), tree.Integers("right_child"));
        var (firstNode, firstLeaf, firstWord) = (nodes.Count, leaves.Count, levels.Count);
        leaves.AddRange(tree.Numbers("leaf_value"));
        levels.AddRange(tree.Numbers("cat_threshold").Select(word => (uint)word));
        var sets = tree.Integers("cat_boundaries");
        for (var i = 0; i < columns.Length; i++)
            nodes.Add(Split(decisions[i], columns[i], thresholds[i], sets, firstWord, Moved(left[i], firstNode, firstLeaf), Moved(right[i], firstNode, firstLeaf)));
        roots.Add(columns.Length > 0 ? firstNode : ~firstLeaf);
        return true;
    }

    static int Moved(int child, int firstNode, int firstLeaf) => child >= 0 ? child + firstNode : ~(~child + firstLeaf);

    static unsafe FlatTrees.Node Split(int decision, int column, double threshold, int[] sets, int firstWord, int left, int right)
    {
        var node = new FlatTrees.Node { Column = column };
        (node.Children[0], node.Children[1]) = (left, right);
        if ((decision & Categorical) != 0)
        {
            var set = (int)threshold;
            node.Column |= int.MinValue;
            (node.FirstWord, node.Bits) = (firstWord + sets[set], 32 * (sets[set + 1] - sets[set]));
        }
        else
        {
            node.Threshold = NotAbove(threshold);
            // where NaN is not "missing" to a split, LightGBM takes it for 0
            var left0 = (decision & MissingKind) == NanIsMissing ? (decision & MissingGoesLeft) != 0 : threshold >= 0;
            if (left0) node.Column |= 1 << FlatTrees.Node.MissingLeftBit;
        }
        return node;
    }

    /// <returns>The greatest float32 up to a number: a float32 is at most the one exactly when it is at most the other.</returns>
    static float NotAbove(double number)
    {
        var near = (float)number;
        return near > number ? MathF.BitDecrement(near) : near;
    }
}
