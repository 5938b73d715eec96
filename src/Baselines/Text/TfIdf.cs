using Kaggle.Core.Data;
using Kaggle.Core.Data.Texts;

namespace Kaggle.Baselines.Text;

/// <summary>Texts as the pieces that they have, rare ones counting more: words and their pairs, and letters within words.</summary>
/// <remarks>
/// A piece's value is its count in the text (1 + ln count where sublinear) times ln((1 + texts) / (1 + texts that have it)) + 1, and each text's values
/// are divided by the root of their squares, words and letters each for themselves. scikit-learn's TfidfVectorizer, side by side in a FeatureUnion.
/// </remarks>
public sealed record TfIdf
{
    public TextCleaning Cleaning { get; init; } = new() { Html = true, ReplaceUrls = true };

    /// <summary>Words, pairs of words …; null: none.</summary>
    public NGrams? Words { get; init; } = new(1, 2);

    /// <summary>Letters within words, the space before and after them included; null: none.</summary>
    public NGrams? Letters { get; init; } = new(2, 5) { MinTexts = 3 };

    /// <summary>Whether pieces of letters reach from one word into the next, the space between counted as a letter.</summary>
    public bool LettersAcrossWords { get; init; }

    /// <summary>Words with fewer letters are passed over.</summary>
    public int ShortestWord { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>Whether each sign and emoji is a word.</summary>
    public bool Symbols { get; init; } = true;

    /// <summary>Whether the second time a piece stands in a text counts less than the first.</summary>
    public bool Sublinear { get; init; } = true;

    /// <summary>Whether rare pieces count more.</summary>
    public bool RareCountMore { get; init; } = true;

    /// <summary>Whether long and short texts are brought to one length.</summary>
    public bool UnitLength { get; init; } = true;

    internal IEnumerable<TextPieces> Pieces()
    {
        if (Words is { } words) yield return new(Cleaning, words, OfWords: true, ShortestWord, Symbols, AcrossWords: false);
        if (Letters is { } letters) yield return new(Cleaning, letters, OfWords: false, ShortestWord: 1, Symbols: true, LettersAcrossWords);
    }
}
