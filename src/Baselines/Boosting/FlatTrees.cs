namespace Kaggle.Baselines.Boosting;

/// <summary>A booster's trees laid out for prediction: a block of rows goes through one tree after the other, both in the cache.</summary>
/// <remarks>
/// LightGBM takes each row through all trees, so that every tree is fetched anew for every row; this order is several times faster
/// (docs/benchmarks.md) and gives the same sums, since each row's leaves are still added in the trees' order.
/// The decisions are those of LightGBM's Tree::NumericalDecision and Tree::CategoricalDecision.
/// </remarks>
sealed unsafe class FlatTrees
{
    const int BlockBytes = 16 << 10;                           // half of a usual first-level cache

    readonly Node[] nodes;
    readonly double[] leaves;
    readonly uint[] levels;                                    // one bit for each level of each categorical split
    readonly int[] roots;
    readonly int classes;
    readonly RawToPrediction link;

    FlatTrees(Node[] nodes, double[] leaves, uint[] levels, int[] roots, int classes, RawToPrediction link)
    {
        (this.nodes, this.leaves, this.levels) = (nodes, leaves, levels);
        (this.roots, this.classes, this.link) = (roots, classes, link);
    }

    /// <returns>Null when the booster is of a kind that only LightGBM itself can predict with.</returns>
    public static FlatTrees? Of(BoosterText text)
    {
        if (text.Header.Has("average_output") || RawToPrediction.Of(text.Header.Words("objective")) is not { } link) return null;
        var layout = new FlatTreesLayout();
        return text.Trees.All(layout.TryAdd) ? new(layout.Nodes, layout.Leaves, layout.Levels, layout.Roots, text.Header.Integer("num_tree_per_iteration"), link) : null;
    }

    /// <param name="rows">(rows, columns) float32, row after row.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <returns>(rows, classes) predictions, row after row.</returns>
    public double[] Predict(float[] rows, int columns, int threads)
    {
        var count = rows.Length / columns;
        var values = new double[count * classes];
        var block = Math.Clamp(BlockBytes / (sizeof(float) * columns), 8, 512);
        Parallel.For(0, (count + block - 1) / block, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, part =>
        {
            var start = part * block;
            var length = Math.Min(block, count - start);
            var into = values.AsSpan(start * classes, length * classes);
            Add(rows.AsSpan(start * columns, length * columns), columns, into);
            link.Apply(into, classes);
        });
        return values;
    }

    void Add(ReadOnlySpan<float> rows, int columns, Span<double> sums)
    {
        fixed (Node* first = nodes)
        fixed (uint* sets = levels)
        fixed (float* block = rows)
            for (var tree = 0; tree < roots.Length; tree++)
            {
                var (root, at) = (roots[tree], tree % classes);
                for (var row = block; row < block + rows.Length; row += columns, at += classes) sums[at] += leaves[~Leaf(first, sets, root, row)];
            }
    }

    /// <returns>The complement of the leaf's number.</returns>
    static int Leaf(Node* nodes, uint* levels, int at, float* row)
    {
        while (at >= 0)
        {
            var node = nodes + at;
            var value = row[node->Column & Node.ColumnMask];
            at = node->Column >= 0
                ? node->Children[ToInt(!(value <= node->Threshold)) & ~(ToInt(float.IsNaN(value)) & (node->Column >> Node.MissingLeftBit))]
                : node->Children[ToInt(!node->Holds(levels, value))];
        }
        return at;
    }

    static int ToInt(bool condition) => condition ? 1 : 0;     // a flag to a number without a jump: which way a row goes cannot be foretold

    /// <summary>A split: which column, where to go.</summary>
    public struct Node
    {
        public const int MissingLeftBit = 30, ColumnMask = (1 << MissingLeftBit) - 1;

        /// <summary>The column's number; the sign says that it is a category, <see cref="MissingLeftBit"/> that missing numbers go left.</summary>
        public int Column;

        /// <summary>Numbers up to it go left.</summary>
        public float Threshold;

        /// <summary>Of a category: where its set of levels begins, and for how many levels it has bits.</summary>
        public int FirstWord, Bits;

        /// <summary>Left, right: the number of a node, or the complement of a leaf's.</summary>
        public fixed int Children[2];

        public readonly bool Holds(uint* levels, float value)
        {
            if (float.IsNaN(value)) return false;
            var level = (int)value;
            return (uint)level < (uint)Bits && (levels[FirstWord + (level >> 5)] >> (level & 31) & 1) != 0;
        }
    }
}
