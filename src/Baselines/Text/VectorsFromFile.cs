using System.Numerics.Tensors;
using Kaggle.Core.Data;

namespace Kaggle.Baselines.Text;

/// <summary>Published word vectors as the first layer of a net: each word that is a feature begins where the file says.</summary>
/// <param name="File">GloVe's text form, word2vec's, fastText's .vec, of words in lower case. Units are kept by its path: another file needs another name.</param>
public sealed record VectorsFromFile(string File)
{
    /// <summary>Whether these words' vectors stay as they are; those of all else are learned.</summary>
    public bool Frozen { get; init; }

    internal string? Lacking => System.IO.File.Exists(File) ? null : $"There is no file of word vectors at {Path.GetFullPath(File)}.";

    /// <summary>Words of the file for the words among the features; what the file lacks (pairs, letters, numbers) is drawn, spread as widely as the words found.</summary>
    /// <param name="features">Of the texts.</param>
    /// <param name="count">Of all features.</param>
    /// <param name="draws">For what the file lacks.</param>
    /// <exception cref="InputException">The file is missing, or is none of word vectors.</exception>
    internal StartingVectors Begin(FittedTextFeatures features, int count, Draws draws)
    {
        var places = PlacesOf(features);
        var starts = new Dictionary<string, List<int>>();
        var taken = new bool[count];
        var read = WordVectors.Read(File, word =>
        {
            var own = places.Select(place => place.Find(word)).Where(feature => feature >= 0 && !taken[feature]).ToList();
            foreach (var feature in own) taken[feature] = true;                  // of words that are alike once cleaned the first, in most files the commonest, is it
            if (own.Count > 0) starts[word] = own;
            return own.Count > 0;
        });
        var known = read.Values.Span;
        // A number drawn evenly from −s to s deviates from 0 by s / √3.
        var spread = known.IsEmpty ? 1.0 / read.Width : Math.Sqrt(3.0 / known.Length) * TensorPrimitives.Norm(known);
        var begun = StartingVectors.Drawn(count, read.Width, spread, draws) with { Frozen = Frozen ? taken : null };
        foreach (var (word, own) in starts)
            foreach (var feature in own) read.Of(word).CopyTo(begun.Values.AsSpan(feature * read.Width));
        return begun;
    }

    static List<WordPlace> PlacesOf(FittedTextFeatures features)
    {
        var (places, before) = (new List<WordPlace>(), 0);
        foreach (var grams in features.Columns.SelectMany(column => column.Grams))
        {
            if (grams.Pieces.OfWords) places.Add(new(grams, new(grams.Pieces), before));
            before += grams.Width;
        }
        return places;
    }

    /// <summary>One column's words among all features.</summary>
    sealed record WordPlace(FittedGrams Grams, GramScan Scan, int Before)
    {
        /// <returns>−1 where the word is none here, or several.</returns>
        public int Find(string word)
        {
            var pieces = Scan.Of(word).Hashes;
            return pieces.Length == 1 && Grams.FeatureOf(pieces[0]) is var feature and >= 0 ? Before + feature : -1;
        }
    }
}

/// <summary>Where the features' vectors begin.</summary>
/// <param name="Values">(features, width).</param>
/// <param name="Width">Numbers in a vector.</param>
/// <param name="Frozen">(features) whether a vector stays as it is; null: all are learned.</param>
sealed record StartingVectors(float[] Values, int Width, bool[]? Frozen = null)
{
    /// <returns>Numbers drawn evenly from −<paramref name="spread"/> to <paramref name="spread"/>.</returns>
    public static StartingVectors Drawn(int features, int width, double spread, Draws draws)
    {
        var values = new float[features * width];
        for (var i = 0; i < values.Length; i++) values[i] = (float)draws.Between(-spread, spread);
        return new(values, width);
    }
}
