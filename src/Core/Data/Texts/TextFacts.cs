namespace Kaggle.Core.Data.Texts;

/// <summary>How long the training texts of a column are, and of how many words they are made.</summary>
/// <param name="Shortest">Characters.</param>
/// <param name="Median">Characters.</param>
/// <param name="Longest">Characters.</param>
/// <param name="Words">Different words.</param>
/// <param name="OnlyOnce">The share of them that stands there once.</param>
/// <param name="NewInTest">The share of the test's words, each occurrence counted, that the training texts lack; null without a test table.</param>
public sealed record TextFacts(int Shortest, int Median, int Longest, int Words, double OnlyOnce, double? NewInTest)
{
    const int MostTexts = 50_000;

    /// <returns>Null for a column without a text. Of more than fifty thousand texts evenly spaced ones are looked at.</returns>
    public static TextFacts? Of(ReadOnlySpan<string?> train, ReadOnlySpan<string?> test, bool hasTest)
    {
        var counts = new Dictionary<string, int>();
        var lengths = new List<int>();
        for (var i = 0; i < train.Length; i += Step(train.Length))
        {
            if (train[i] is not { } text) continue;
            lengths.Add(text.Length);
            foreach (var word in TextWords.Of(text)) counts[word] = counts.GetValueOrDefault(word) + 1;
        }
        if (lengths.Count == 0) return null;
        lengths.Sort();
        var (all, unknown) = (0L, 0L);
        for (var i = 0; i < test.Length; i += Step(test.Length))
            foreach (var word in TextWords.Of(test[i]))
            {
                all++;
                if (!counts.ContainsKey(word)) unknown++;
            }
        return new(lengths[0], lengths[lengths.Count / 2], lengths[^1], counts.Count, counts.Count == 0 ? 0 : counts.Values.Count(n => n == 1) / (double)counts.Count,
            !hasTest || all == 0 ? null : unknown / (double)all);
    }

    static int Step(int rows) => Math.Max(1, (rows + MostTexts - 1) / MostTexts);
}
