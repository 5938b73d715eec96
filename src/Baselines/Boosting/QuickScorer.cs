namespace Kaggle.Baselines.Boosting;

/// <summary>Predicts with a booster's trees without walking down any: each column's value strikes out the leaves that it rules out.</summary>
/// <remarks>
/// A tree is a word with one bit for each leaf, left to right. A split that sends the row right strikes out the leaves on its left; when all such
/// splits have been heard, in whatever order, the first leaf left is the row's. A column's splits of all trees are sorted by threshold, so that those
/// which send a value right stand at the front: no jump has to be foretold and nothing is fetched out of order. The sums are LightGBM's own to the
/// last bit, since each row's leaves are added in the trees' order.
/// Claudio Lucchese et al., "QuickScorer: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees", SIGIR 2015.
/// </remarks>
sealed class QuickScorer
{
    const int RowsTogether = 256;

    readonly IReadOnlyList<TreeTile> tiles;
    readonly int classes;
    readonly RawToPrediction link;

    QuickScorer(IReadOnlyList<TreeTile> tiles, int classes, RawToPrediction link) => (this.tiles, this.classes, this.link) = (tiles, classes, link);

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
        var tiles = new List<TreeTile>();
        for (var first = 0; first < trees.Count; first += TreeTile.MostTrees)
        {
            if (TreeTile.Of(trees.GetRange(first, Math.Min(TreeTile.MostTrees, trees.Count - first)), first) is not { } tile) return null;
            tiles.Add(tile);
        }
        return new(tiles, text.Header.Integer("num_tree_per_iteration"), link);
    }

    /// <param name="rows">(rows, columns) float32, row after row.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <returns>(rows, classes) predictions, row after row.</returns>
    public double[] Predict(float[] rows, int columns, int threads)
    {
        var count = rows.Length / columns;
        var values = new double[count * classes];
        Parallel.For(0, (count + RowsTogether - 1) / RowsTogether, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, part =>
        {
            var start = part * RowsTogether;
            var length = Math.Min(RowsTogether, count - start);
            var into = values.AsSpan(start * classes, length * classes);
            foreach (var tile in tiles) tile.Add(rows.AsSpan(start * columns, length * columns), columns, into, classes);
            link.Apply(into, classes);
        });
        return values;
    }
}
