using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kaggle.Baselines.Boosting;

/// <summary>Predicts with a booster's trees without walking down any: each split strikes out the leaves that it rules out, for many rows at once.</summary>
/// <remarks>
/// A tree is a word with one bit for each leaf, left to right. A split that sends the row right strikes out the leaves on its left; when all splits
/// have been heard, in whatever order, the first leaf left is the row's. No jump has to be foretold and nothing is fetched out of order, so that eight
/// rows share each instruction. The sums are LightGBM's own to the last bit, since each row's leaves are added in the trees' order.
/// Claudio Lucchese et al., "QuickScorer: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees", SIGIR 2015, and
/// "Exploiting CPU SIMD Extensions to Speed-up Document Scoring with Tree Ensembles", SIGIR 2016.
/// </remarks>
sealed class QuickScorer
{
    readonly LeafWord[][] trees;
    readonly double[][] leaves;
    readonly RowBlock.Layout layout = new();
    readonly int classes;
    readonly RawToPrediction link;

    QuickScorer(IReadOnlyList<LeafTree> trees, int classes, RawToPrediction link)
    {
        (this.classes, this.link) = (classes, link);
        this.trees = [.. trees.Select(tree => Enumerable.Range(0, (tree.Leaves.Count + LeafWord.Bits - 1) / LeafWord.Bits).Select(word => new LeafWord(tree, word, layout)).ToArray())];
        leaves = [.. trees.Select(tree => tree.Leaves.ToArray())];
    }

    /// <returns>Null when the booster is of a kind that only LightGBM itself can predict with.</returns>
    public static QuickScorer? Of(BoosterText text)
    {
        if (text.Header.Has("average_output") || RawToPrediction.Of(text.Header.Words("objective")) is not { } link) return null;
        var trees = new List<LeafTree>();
        foreach (var section in text.Trees)
        {
            if (LeafTree.Of(section) is not { } tree) return null;
            trees.Add(tree);
        }
        return new(trees, text.Header.Integer("num_tree_per_iteration"), link);
    }

    /// <param name="rows">(rows, columns) float32, row after row.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <returns>(rows, classes) predictions, row after row.</returns>
    public double[] Predict(float[] rows, int columns, int threads)
    {
        var count = rows.Length / columns;
        var values = new double[count * classes];
        Parallel.For(
            0, (count + RowBlock.Rows - 1) / RowBlock.Rows, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new RowBlock(layout),
            (part, _, block) =>
            {
                var start = part * RowBlock.Rows;
                var length = Math.Min(RowBlock.Rows, count - start);
                block.Fill(rows.AsSpan(start * columns, length * columns), columns);
                var into = values.AsSpan(start * classes, length * classes);
                Add(block, length, into);
                link.Apply(into, classes);
                return block;
            },
            _ => { });
        return values;
    }

    /// <param name="block">The rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="sums">(rows, classes) to which each row's leaves are added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Add(RowBlock block, int count, Span<double> sums)
    {
        Span<uint> alive = stackalloc uint[LeafWord.Step];
        Span<int> leaf = stackalloc int[LeafWord.Step];
        for (var t = 0; t < trees.Length; t++)
        {
            var (words, values, @class) = (trees[t], leaves[t], t % classes);
            for (var row = 0; row < count; row += LeafWord.Step)
            {
                // From the last word to the first: where one has a leaf left, it is further left than those behind it.
                for (var word = words.Length - 1; word >= 0; word--)
                {
                    words[word].Strike(block, row, alive);
                    for (var i = 0; i < alive.Length; i++)
                        if (alive[i] != 0) leaf[i] = word * LeafWord.Bits + BitOperations.TrailingZeroCount(alive[i]);
                }
                for (var i = 0; i < Math.Min(LeafWord.Step, count - row); i++) sums[(row + i) * classes + @class] += values[leaf[i]];
            }
        }
    }
}
