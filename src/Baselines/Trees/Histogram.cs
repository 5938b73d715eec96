namespace Kaggle.Baselines.Trees;

/// <summary>How a node's rows and their answers fall into the bins of one column; cleared by touching only what was used.</summary>
sealed class Histogram(int bins, int outputs)
{
    const int FewRows = 128;                                   // below it remembering the bins met is cheaper than looking at all

    readonly double[] weights = new double[bins], sums = new double[bins * outputs];
    readonly int[] rows = new int[bins], present = new int[bins];

    int count;

    /// <summary>The bins that hold rows, ascending; callers may reorder them.</summary>
    public Span<int> Present => present.AsSpan(0, count);

    public int Rows(int bin) => rows[bin];

    public double Weight(int bin) => weights[bin];

    public ReadOnlySpan<double> Sums(int bin) => sums.AsSpan(bin * outputs, outputs);

    public void Fill(ReadOnlySpan<int> node, ushort[] codes, ReadOnlySpan<float> rowWeights, ForestTarget target, int binsOfColumn)
    {
        Clear();
        var few = node.Length < FewRows;
        foreach (var row in node)
        {
            var bin = codes[row];
            if (rows[bin]++ == 0 && few) present[count++] = bin;
            double weight = rowWeights[row];
            weights[bin] += weight;
            if (target.Classes is not null) sums[bin * outputs + target.Classes[row]] += weight;
            else if (outputs == 1) sums[bin] += weight * target.Values[row];
            else target.Add(row, weight, sums.AsSpan(bin * outputs, outputs));
        }
        if (few) Present.Sort();
        else
            for (var bin = 0; bin < binsOfColumn; bin++)
                if (rows[bin] > 0) present[count++] = bin;
    }

    void Clear()
    {
        foreach (var bin in Present)
        {
            (rows[bin], weights[bin]) = (0, 0);
            sums.AsSpan(bin * outputs, outputs).Clear();
        }
        count = 0;
    }
}
