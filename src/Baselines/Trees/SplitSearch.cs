namespace Kaggle.Baselines.Trees;

/// <summary>Looks for the best split of a node on one column: over all thresholds, or at one drawn at random.</summary>
sealed class SplitSearch(BinnedColumns columns, ForestTarget target, int minRowsInLeaf, bool random)
{
    const double LevelSmooth = 2;                              // rows by which a level's mean is drawn to the node's before levels are ordered

    readonly Histogram histogram = new(columns.Bins.Max(), target.Outputs);
    readonly double[] left = new double[target.Outputs], total = new double[target.Outputs], order = new double[columns.Bins.Max()];

    double totalWeight;
    int totalRows;

    /// <param name="node">The node's rows.</param>
    /// <param name="weights">(all rows)</param>
    /// <param name="column">The column to ask.</param>
    /// <param name="draw">For random thresholds.</param>
    /// <param name="constant">Whether all the node's rows are alike in this column.</param>
    /// <returns>Null when no split leaves enough rows on both sides and gains.</returns>
    public TreeSplit? Best(ReadOnlySpan<int> node, ReadOnlySpan<float> weights, int column, Random draw, out bool constant)
    {
        histogram.Fill(node, columns.Codes[column], weights, target, columns.Bins[column]);
        var present = histogram.Present;
        constant = present.Length < 2;
        if (constant) return null;
        Total(present);
        if (columns.IsCategory(column)) return random ? RandomLevels(column, present, draw) : BestLevels(column, present);
        return random ? RandomThreshold(column, present, draw) : BestThreshold(column, present);
    }

    void Total(ReadOnlySpan<int> present)
    {
        total.AsSpan().Clear();
        (totalWeight, totalRows) = (0, 0);
        foreach (var bin in present) Add(bin, total, ref totalWeight, ref totalRows);
    }

    void Add(int bin, double[] sums, ref double weight, ref int rows)
    {
        weight += histogram.Weight(bin);
        rows += histogram.Rows(bin);
        var of = histogram.Sums(bin);
        for (var output = 0; output < sums.Length; output++) sums[output] += of[output];
    }

    /// <returns>The gain when the left side holds what <see cref="left"/> says; −1 when a side is too small.</returns>
    double Gain(double weight, int rows)
    {
        if (rows < minRowsInLeaf || totalRows - rows < minRowsInLeaf || weight <= 0 || weight >= totalWeight) return -1;
        double gain = 0;
        for (var output = 0; output < left.Length; output++)
        {
            var right = total[output] - left[output];
            gain += left[output] * left[output] / weight + right * right / (totalWeight - weight) - total[output] * total[output] / totalWeight;
        }
        return gain;
    }

    TreeSplit? BestThreshold(int column, ReadOnlySpan<int> present)
    {
        var missing = present[0] == 0;
        var numbers = missing ? present[1..] : present;
        TreeSplit? best = null;
        for (var missingLeft = 0; missingLeft <= (missing ? 1 : 0); missingLeft++)
        {
            double weight = 0;
            var rows = 0;
            left.AsSpan().Clear();
            if (missingLeft == 1) Add(0, left, ref weight, ref rows);
            for (var i = 0; i < numbers.Length; i++)
            {
                Add(numbers[i], left, ref weight, ref rows);
                if (i == numbers.Length - 1 && (!missing || missingLeft == 1)) break;
                var gain = Gain(weight, rows);
                if (gain <= (best?.Gain ?? 0)) continue;
                var threshold = i == numbers.Length - 1 ? float.PositiveInfinity : columns.Between(column, numbers[i], numbers[i + 1]);
                best = new(column, numbers[i], threshold, null, missing ? missingLeft == 1 : weight * 2 > totalWeight, gain);
            }
        }
        return best;
    }

    TreeSplit? RandomThreshold(int column, ReadOnlySpan<int> present, Random draw)
    {
        var missing = present[0] == 0;
        var numbers = missing ? present[1..] : present;
        var drawn = draw.NextDouble();
        var missingLeft = missing && numbers.Length > 1 && draw.Next(2) == 0;
        double weight = 0;
        var rows = 0;
        left.AsSpan().Clear();
        if (missingLeft) Add(0, left, ref weight, ref rows);

        var (low, high) = columns.Range(column, numbers[0], numbers[^1]);
        var threshold = (float)(low + drawn * ((double)high - low));
        var met = 0;
        do Add(numbers[met++], left, ref weight, ref rows);
        while (met < numbers.Length - 1 && columns.Range(column, numbers[met], numbers[met]).High <= threshold);

        var gain = Gain(weight, rows);
        if (gain <= 0) return null;
        var last = numbers[met - 1];
        if (met == numbers.Length) threshold = float.PositiveInfinity;                       // only missing values are on the right
        else if (!(threshold >= columns.Range(column, last, last).High && threshold < columns.Range(column, numbers[met], numbers[met]).Low))
            threshold = columns.Between(column, last, numbers[met]);                          // drawn within a bin, which is never parted
        return new(column, last, threshold, null, missing ? missingLeft : weight * 2 > totalWeight, gain);
    }

    TreeSplit? BestLevels(int column, Span<int> present)
    {
        Order(present);
        double weight = 0, bestWeight = 0, bestGain = 0;
        var (rows, best) = (0, 0);
        left.AsSpan().Clear();
        for (var i = 0; i < present.Length - 1; i++)
        {
            Add(present[i], left, ref weight, ref rows);
            var gain = Gain(weight, rows);
            if (gain > bestGain) (bestGain, best, bestWeight) = (gain, i + 1, weight);
        }
        return best == 0 ? null : Levels(column, present, best, bestWeight, bestGain);
    }

    TreeSplit? RandomLevels(int column, Span<int> present, Random draw)
    {
        draw.Shuffle(present);
        var count = 1 + draw.Next(present.Length - 1);
        double weight = 0;
        var rows = 0;
        left.AsSpan().Clear();
        foreach (var bin in present[..count]) Add(bin, left, ref weight, ref rows);
        var gain = Gain(weight, rows);
        return gain > 0 ? Levels(column, present, count, weight, gain) : null;
    }

    /// <summary>Sorts levels by the mean of the output that they tell most about: of all ways to part them, the best then parts this order.</summary>
    /// <remarks>Exact for one output (W. D. Fisher, "On Grouping for Maximum Homogeneity", 1958).</remarks>
    void Order(Span<int> present)
    {
        var (most, by) = (double.NegativeInfinity, 0);
        for (var output = 0; output < total.Length; output++)
        {
            var between = -total[output] * total[output] / totalWeight;
            foreach (var bin in present) between += histogram.Sums(bin)[output] * histogram.Sums(bin)[output] / histogram.Weight(bin);
            if (between > most) (most, by) = (between, output);
        }
        for (var i = 0; i < present.Length; i++)
            order[i] = (histogram.Sums(present[i])[by] + LevelSmooth * total[by] / totalWeight) / (histogram.Weight(present[i]) + LevelSmooth);
        order.AsSpan(0, present.Length).Sort(present);
    }

    TreeSplit Levels(int column, ReadOnlySpan<int> present, int count, double weight, double gain)
    {
        var levels = new uint[(columns.Bins[column] + 31) / 32];
        if (weight * 2 > totalWeight)                          // levels not met here go where most rows go
        {
            Array.Fill(levels, uint.MaxValue);
            foreach (var bin in present[count..]) levels[bin / 32] &= ~(1u << bin % 32);
        }
        else
            foreach (var bin in present[..count]) levels[bin / 32] |= 1u << bin % 32;
        return new(column, 0, 0, levels, false, gain);
    }
}
