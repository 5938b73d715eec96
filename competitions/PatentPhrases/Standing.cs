namespace Kaggle.Competitions.PatentPhrases;

/// <summary>Rows of one anchor, and where each stands among them.</summary>
public sealed class Standing(string[] anchors)
{
    readonly int[][] groups = [.. Enumerable.Range(0, anchors.Length).GroupBy(row => anchors[row]).Select(group => group.ToArray())];

    /// <returns>(rows) the share of the anchor's rows with a lesser value, ties counting half.</returns>
    public double[] Rank(double[] values) => Each((row, others) =>
        (others.Count(other => values[other] < values[row]) + 0.5 * others.Count(other => values[other] == values[row])) / others.Length);

    /// <returns>(rows) how alike the target is to its anchor's other targets, on average.</returns>
    public double[] MeanLikeness(TextLikeness targets) => Each((row, others) =>
        others.Length == 1 ? 0 : others.Where(other => other != row).Average(other => targets.Cosine(row, other)));

    /// <returns>(rows) how alike the target is to the nearest of its anchor's other targets.</returns>
    public double[] GreatestLikeness(TextLikeness targets) => Each((row, others) =>
        others.Length == 1 ? 0 : others.Where(other => other != row).Max(other => targets.Cosine(row, other)));

    double[] Each(Func<int, int[], double> value)
    {
        var values = new double[anchors.Length];
        Parallel.ForEach(groups, group =>
        {
            foreach (var row in group) values[row] = value(row, group);
        });
        return values;
    }
}
