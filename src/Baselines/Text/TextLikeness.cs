namespace Kaggle.Baselines.Text;

/// <summary>How alike texts are by the pieces that they have.</summary>
public sealed class TextLikeness
{
    readonly SparseRows rows;

    TextLikeness(SparseRows rows) => this.rows = rows;

    /// <param name="texts">All that are to be compared; how rare a piece is is learned from them.</param>
    /// <param name="settings">Which pieces; words or letters, not both.</param>
    public static TextLikeness Of(IReadOnlyList<string?> texts, TfIdf settings)
    {
        var pieces = settings.Pieces().Single();
        var counts = GramCounts.Of(texts.ToArray(), pieces, Environment.ProcessorCount, default);
        var rows = FittedGrams.Fit(counts, null, pieces, settings, Environment.ProcessorCount).Train;
        for (var row = 0; row < rows.Count; row++)
            Array.Sort(rows.Features, rows.Values, (int)rows.Starts[row], (int)(rows.Starts[row + 1] - rows.Starts[row]));
        return new(rows);
    }

    /// <returns>The cosine between two texts' weighted pieces: 0 for nothing in common, 1 for the same.</returns>
    public float Cosine(int a, int b)
    {
        var (first, second) = (rows.Starts[a], rows.Starts[b]);
        var sum = 0f;
        while (first < rows.Starts[a + 1] && second < rows.Starts[b + 1])
            switch (rows.Features[first].CompareTo(rows.Features[second]))
            {
                case < 0: first++; break;
                case > 0: second++; break;
                default: sum += rows.Values[first++] * rows.Values[second++]; break;
            }
        return sum;
    }
}
