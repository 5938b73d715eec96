using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Kaggle.Competitions.DisasterTweets;

/// <summary>The tweet with its keyword as one word more, where its words lie among word vectors, and what a glance at its shape tells: links, shouting, length.</summary>
public static partial class Tweets
{
    public static ColumnOptions Columns { get; } = new()
    {
        Kinds = new Dictionary<string, ColumnKind> { ["text"] = ColumnKind.Text, ["keyword"] = ColumnKind.Category, ["location"] = ColumnKind.Text }.ToImmutableDictionary(),
    };

    public static DataFrame Describe(DataFrame tweets, OtherFiles files)
    {
        var texts = tweets.Texts("text");
        var keywords = tweets.Texts("keyword").Select(word => word?.Replace("%20", "")).ToArray();
        var frame = new DataFrame()
            .With("text", [.. texts.Zip(keywords, (text, word) => word is null ? text : $"{text} keyword{word}")])
            .With("keyword", keywords)
            .With("Length", Counted(texts, text => text.Length))
            .With("Links", Counted(texts, text => Link().Count(text)))
            .With("Mentions", Counted(texts, text => text.Count(letter => letter == '@')))
            .With("Hashtags", Counted(texts, text => text.Count(letter => letter == '#')))
            .With("Exclamations", Counted(texts, text => text.Count(letter => letter is '!' or '?')))
            .With("Digits", Counted(texts, text => text.Count(char.IsDigit)))
            .With("Capitals", Counted(texts, text => text.Count(char.IsUpper) / (double)text.Length))
            .With("WordLength", Counted(texts, text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Length).DefaultIfEmpty().Average()));
        return files.Find("text-resources/glove.twitter.27B.25d.top12k.txt", "word vectors (GloVe of tweets, nlp.stanford.edu/projects/glove)") is { } vectors
            ? frame.WithVectors("text", WordVectors.Read(vectors))
            : frame;
    }

    static double[] Counted(string?[] texts, Func<string, double> count) => [.. texts.Select(text => string.IsNullOrEmpty(text) ? 0 : count(text))];

    [GeneratedRegex("https?://")]
    private static partial Regex Link();
}
