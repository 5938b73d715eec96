using System.Globalization;
using System.Net;
using Kaggle.Core.Data.Texts;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>Texts as a language model reads them: words in small letters, with tokens that say what was taken out of them.</summary>
/// <remarks>
/// The special tokens and rules of fastai (fastai/text/core.py): xxbos begins a text, xxfld a further column; "xxrep 4 !" is a sign four times over, "xxwrep 3 no"
/// a word; xxup stands before a word in capitals, xxmaj before one that begins with one. Words are runs of letters and digits of any script, each sign is a word.
/// </remarks>
public sealed class LanguageTokens
{
    public const int Unknown = 0, Pad = 1;

    const int LeastRepeats = 3, Multiple = 8;

    static readonly string[] special = ["xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj"];

    readonly Dictionary<string, int> numbers;

    LanguageTokens(IReadOnlyList<string> words)
    {
        Words = words;
        numbers = words.Select((word, number) => (word, number)).DistinctBy(w => w.word).ToDictionary(w => w.word, w => w.number);
    }

    /// <summary>By number.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <param name="texts">Tokens of each text.</param>
    /// <param name="minTimes">Words that stand there less often are unknown.</param>
    /// <param name="most">At most so many words, the commonest first.</param>
    public static LanguageTokens Learn(IEnumerable<IReadOnlyList<string>> texts, int minTimes, int most)
    {
        var counts = new Dictionary<string, int>();
        foreach (var text in texts)
            foreach (var token in text) counts[token] = counts.GetValueOrDefault(token) + 1;
        List<string> words = [.. special, .. counts.Where(c => c.Value >= minTimes && !special.Contains(c.Key))
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(most).Select(c => c.Key)];
        while (words.Count % Multiple != 0) words.Add("xxfake");       // matrices of even sides multiply quicker
        return new(words);
    }

    /// <param name="file">One word a line, as <see cref="Write"/> does.</param>
    public static LanguageTokens Read(string file) => new(File.ReadAllLines(file));

    public void Write(string file) => File.WriteAllLines(file, Words);

    public int[] Numbers(IReadOnlyList<string> tokens) => [.. tokens.Select(token => numbers.GetValueOrDefault(token, Unknown))];

    /// <param name="columns">The texts of one row; missing ones count as empty.</param>
    /// <returns>Its tokens.</returns>
    public static List<string> Split(params IReadOnlyList<string?> columns)
    {
        List<string> tokens = ["xxbos"];
        for (var column = 0; column < columns.Count; column++)
        {
            if (columns.Count > 1) tokens.AddRange(["xxfld", (column + 1).ToString(CultureInfo.InvariantCulture)]);
            tokens.AddRange(Repeats(Pieces(CanonicalForms.Compose(WebUtility.HtmlDecode(columns[column] ?? "").Replace("<br />", "\n", StringComparison.Ordinal)))));
        }
        return tokens;
    }

    /// <summary>Words with what their capitals say, and single signs; runs of one sign or letter are said once.</summary>
    static IEnumerable<string[]> Pieces(string text)
    {
        var i = 0;
        while (i < text.Length)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            var kind = LetterKinds.Of(length == 2 ? char.ConvertToUtf32(text, i) : text[i]);
            var run = 1;
            while (kind is LetterKind.Symbol && i + (run + 1) * length <= text.Length && string.CompareOrdinal(text, i, text, i + run * length, length) == 0) run++;
            if (kind is LetterKind.Symbol && run >= LeastRepeats)
            {
                yield return ["xxrep", run.ToString(CultureInfo.InvariantCulture), text.Substring(i, length)];
                i += run * length;
            }
            else if (kind is LetterKind.Word)
            {
                var start = i;
                for (; i < text.Length && LetterKinds.Of(char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(text, i) : text[i]) is LetterKind.Word; i += char.IsSurrogatePair(text, i) ? 2 : 1) { }
                foreach (var piece in Stretched(text[start..i])) yield return piece;
            }
            else
            {
                if (kind is LetterKind.Symbol) yield return [text.Substring(i, length)];
                i += length;
            }
        }
    }

    /// <summary>A word; where one letter stands in it three times and more in a row, what is before, the letter, and what is behind.</summary>
    static IEnumerable<string[]> Stretched(string word)
    {
        var from = 0;
        for (var i = 0; i < word.Length;)
        {
            var run = 1;
            while (i + run < word.Length && word[i + run] == word[i]) run++;
            if (run >= LeastRepeats && !char.IsDigit(word[i]))
            {
                if (i > from) yield return Cased(word[from..i]);
                yield return ["xxrep", run.ToString(CultureInfo.InvariantCulture), char.ToLowerInvariant(word[i]).ToString()];
                from = i + run;
            }
            i += run;
        }
        if (from < word.Length) yield return Cased(word[from..]);
    }

    static string[] Cased(string word)
    {
        var small = word.ToLowerInvariant();
        if (word.Length == 1 || !char.IsUpper(word[0])) return [small];
        if (!word.Any(char.IsLower)) return ["xxup", small];
        return word.AsSpan(1).ContainsAnyInRange('A', 'Z') ? [small] : ["xxmaj", small];
    }

    /// <summary>A word said three times and more in a row is said once, with its number.</summary>
    static IEnumerable<string> Repeats(IEnumerable<string[]> pieces)
    {
        string[] last = [];
        var times = 0;
        foreach (var piece in pieces.Append([]))
        {
            if (piece.SequenceEqual(last)) times++;
            else
            {
                if (times >= LeastRepeats && last.Length == 1)
                    foreach (var token in new[] { "xxwrep", times.ToString(CultureInfo.InvariantCulture), last[0] }) yield return token;
                else
                    for (var i = 0; i < times; i++)
                        foreach (var token in last) yield return token;
                (last, times) = (piece, 1);
            }
        }
    }
}
