using System.Collections.Frozen;

namespace Kaggle.Baselines.Text;

/// <summary>Vectors of words learned from the company they keep: words that stand in the same groups of texts lie near each other.</summary>
/// <remarks>
/// A truncated singular value decomposition of the words' sublinear TF-IDF over groups (S. Deerwester et al., "Indexing by latent semantic
/// analysis", 1990). Knows no answers: it may be learned from train and test together.
/// </remarks>
public static class CompanyOfWords
{
    /// <param name="groups">The words of each group, repeated ones too.</param>
    /// <param name="width">Numbers in a vector.</param>
    /// <param name="minGroups">Words of fewer groups have no vector: they know no company but their own.</param>
    public static WordVectors Learn(IReadOnlyList<IReadOnlyList<string>> groups, int width, int minGroups = 2)
    {
        var numbers = new Dictionary<string, int>();
        var counts = groups.Select(group => group.CountBy(word => word).ToArray()).ToArray();
        var having = counts.SelectMany(group => group).CountBy(word => word.Key).ToDictionary();
        foreach (var word in counts.SelectMany(group => group))
            if (having[word.Key] >= minGroups) numbers.TryAdd(word.Key, numbers.Count);
        var starts = new long[groups.Count + 1];
        var (features, values) = (new List<int>(), new List<float>());
        for (var g = 0; g < groups.Count; g++)
        {
            foreach (var (word, count) in counts[g])
            {
                if (!numbers.TryGetValue(word, out var number)) continue;
                features.Add(number);
                values.Add((float)((1 + Math.Log(count)) * (Math.Log((1.0 + groups.Count) / (1 + having[word])) + 1)));
            }
            starts[g + 1] = features.Count;
        }
        var rows = new SparseRows(starts, [.. features], [.. values], numbers.Count);
        var svd = TruncatedSvd.Of(rows, width, seed: 0, Environment.ProcessorCount);
        var vectors = new float[numbers.Count * svd.Rank];
        for (var i = 0; i < vectors.Length; i++) vectors[i] = svd.Directions[i] * svd.Strengths[i % svd.Rank];
        return new(svd.Rank, numbers.ToFrozenDictionary(), vectors);
    }
}
