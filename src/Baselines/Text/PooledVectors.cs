using Kaggle.Core.Data;
using Microsoft.Data.Analysis;

namespace Kaggle.Baselines.Text;

/// <summary>Columns that say where a text's words lie in a space of word vectors.</summary>
public static class PooledVectors
{
    static readonly TextPieces Words = new(new() { Html = true, ReplaceUrls = true, DropMarks = false }, new(1, 1), OfWords: true, ShortestWord: 1, Symbols: true, AcrossWords: false);

    /// <summary>Adds three numbers for each number of a vector: the mean over the text's known words, the mean with rare words counting more, the maximum; and the share of words known.</summary>
    /// <param name="frame">Train's and test's rows.</param>
    /// <param name="column">A text column of the frame.</param>
    /// <param name="vectors">Words in lower case.</param>
    public static DataFrame WithVectors(this DataFrame frame, string column, WordVectors vectors)
    {
        var scan = new GramScan(Words);
        string[][] words = [.. frame.Texts(column).Select(text => scan.Texts(text).ToArray())];
        var having = words.SelectMany(text => text.Distinct()).CountBy(word => word).ToDictionary();
        float Rarity(string word) => (float)(Math.Log((1.0 + words.Length) / (1.0 + having[word])) + 1);
        var pooled = words.AsParallel().AsOrdered().Select(text => (Mean: vectors.Mean(text), Weighted: vectors.Mean(text, Rarity), Max: vectors.Max(text))).ToArray();
        for (var k = 0; k < vectors.Width; k++)
        {
            var at = k;
            frame.With($"{column} mean {k + 1}", [.. pooled.Select(p => (double)p.Mean[at])]);
            frame.With($"{column} weighted {k + 1}", [.. pooled.Select(p => (double)p.Weighted[at])]);
            frame.With($"{column} max {k + 1}", [.. pooled.Select(p => (double)p.Max[at])]);
        }
        return frame.With($"{column} known", [.. words.Select(text => text.Length == 0 ? 0 : text.Count(vectors.Knows) / (double)text.Length)]);
    }
}
