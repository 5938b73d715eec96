namespace Kaggle.Baselines.Trees;

/// <summary>Grows trees one after the other on the same rows; its buffers are its own, so threads take one each.</summary>
sealed class TreeGrower(BinnedColumns columns, ForestTarget target, float[]? rowWeights, ForestSettings settings, bool keepAnswers)
{
    readonly int rows = columns.Codes[0].Length;
    readonly float[] weights = new float[columns.Codes[0].Length];
    readonly int[] shuffled = [.. Enumerable.Range(0, columns.Count)];
    readonly SplitSearch search = new(columns, target, settings.MinRowsInLeaf, settings.RandomThresholds);

    /// <param name="seed">Decides all that is drawn.</param>
    /// <param name="gains">(columns) each split's gain is added to its column's.</param>
    public Tree Grow(int seed, double[] gains)
    {
        var draw = new Random(seed);
        var drawn = DrawRows(draw);
        for (var i = 0; i < shuffled.Length; i++) shuffled[i] = i;           // a tree depends on its seed, not on the trees before it
        var tree = new Tree();
        var open = new Stack<(int Node, int Start, int End, int Depth)>();
        open.Push((tree.AddNode(), 0, drawn.Length, 0));
        while (open.TryPop(out var next))
        {
            var node = drawn.AsSpan(next.Start..next.End);
            if ((settings.MaxDepth > 0 && next.Depth >= settings.MaxDepth) || Best(node, draw) is not { } split)
            {
                tree.SetLeaf(next.Node, keepAnswers ? Answers(node) : Mean(node));
                continue;
            }
            gains[split.Column] += split.Gain;
            var middle = next.Start + Part(node, columns.Codes[split.Column], split);
            var child = tree.SetSplit(next.Node, split);
            open.Push((child + 1, middle, next.End, next.Depth + 1));
            open.Push((child, next.Start, middle, next.Depth + 1));
        }
        return tree.Freeze();
    }

    int[] DrawRows(Random draw)
    {
        if (!settings.Bootstrap)
        {
            for (var i = 0; i < rows; i++) weights[i] = rowWeights?[i] ?? 1;
        }
        else
        {
            weights.AsSpan().Clear();
            for (var i = 0; i < rows; i++) weights[draw.Next(rows)]++;
            if (rowWeights is not null)
                for (var i = 0; i < rows; i++) weights[i] *= rowWeights[i];
        }
        int[] drawn = [.. Enumerable.Range(0, rows).Where(i => weights[i] > 0)];
        return drawn.Length > 0 ? drawn : [.. Enumerable.Range(0, rows)];
    }

    TreeSplit? Best(ReadOnlySpan<int> node, Random draw)
    {
        if (node.Length < 2 * settings.MinRowsInLeaf || node.Length < 2) return null;
        TreeSplit? best = null;
        var told = 0;                                          // columns in which the rows differ
        for (var i = 0; i < shuffled.Length && (told < settings.ColumnsOfSplit || best is null); i++)
        {
            var swap = draw.Next(i, shuffled.Length);
            (shuffled[i], shuffled[swap]) = (shuffled[swap], shuffled[i]);
            var found = search.Best(node, weights, shuffled[i], draw, out var constant);
            if (!constant) told++;
            if (found is not null && found.Gain > (best?.Gain ?? 1e-12)) best = found;
        }
        return best;
    }

    /// <returns>How many of the node's rows now stand in front and go left.</returns>
    static int Part(Span<int> node, ushort[] codes, TreeSplit split)
    {
        var left = 0;
        var right = new int[node.Length];
        var kept = 0;
        foreach (var row in node)
            if (split.GoesLeft(codes[row])) node[left++] = row;
            else right[kept++] = row;
        right.AsSpan(0, kept).CopyTo(node[left..]);
        return left;
    }

    float[] Mean(ReadOnlySpan<int> node)
    {
        var sums = new double[target.Outputs];
        var weight = 0.0;
        foreach (var row in node)
        {
            var counts = weights[row] > 0 ? weights[row] : 1;
            target.Add(row, counts, sums);
            weight += counts;
        }
        return Array.ConvertAll(sums, sum => (float)(sum / weight));
    }

    /// <returns>The answers themselves, as often as each row was drawn: quantiles need more than the mean.</returns>
    float[] Answers(ReadOnlySpan<int> node)
    {
        var answers = new List<float>();
        foreach (var row in node)
            for (var times = 0; times < Math.Max(1, rowWeights is null ? weights[row] : 1); times++) answers.Add(target.Values[row]);
        return [.. answers];
    }
}
