using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Kaggle.Core.Data.Texts;

/// <summary>What is made alike before texts are taken apart; knows no language.</summary>
public sealed partial record TextCleaning
{
    /// <summary>Whether A and a are one letter.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Whether é and e are one letter; otherwise letters and marks are only joined (NFC).</summary>
    public bool DropMarks { get; init; } = true;

    /// <summary>Whether &amp;amp; is read as &amp;, and tags are dropped.</summary>
    public bool Html { get; init; }

    /// <summary>Whether all addresses of the web are one word: "url".</summary>
    public bool ReplaceUrls { get; init; }

    /// <summary>Whether all digits are 0: numbers of one length are one word, whatever they say.</summary>
    public bool DigitsAlike { get; init; }

    /// <returns>The code points of the cleaned text, in a buffer that is used again: copy what is to stay.</returns>
    public ReadOnlySpan<int> Points(string text, ArrayBufferWriter<int> buffer)
    {
        if (Html) text = WithoutHtml(text);
        if (ReplaceUrls && text.Contains('.')) text = Url().Replace(text, " url ");
        if (!DropMarks) text = CanonicalForms.Compose(text);
        buffer.ResetWrittenCount();
        var points = buffer.GetSpan(text.Length);
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            int point = text[i];
            if (char.IsSurrogate((char)point))
                if (Rune.TryGetRuneAt(text, i, out var rune)) (point, i) = (rune.Value, i + 1);
                else point = 0xFFFD;                            // half a pair: what a decoder makes of it
            var folded = LetterFolds.Of(point, Lowercase, DropMarks);
            if (folded == LetterFolds.Nothing) continue;
            points[length++] = DigitsAlike && LetterKinds.IsDigit(folded) ? '0' : folded;
        }
        buffer.Advance(length);
        return buffer.WrittenSpan;
    }

    /// <returns>The cleaned text.</returns>
    public string Clean(string text)
    {
        var points = Points(text, new(Math.Max(1, text.Length)));
        var cleaned = new StringBuilder(points.Length);
        Span<char> two = stackalloc char[2];
        foreach (var point in points)
            cleaned.Append(two[..(Rune.IsValid(point) ? new Rune(point) : Rune.ReplacementChar).EncodeToUtf16(two)]);
        return cleaned.ToString();
    }

    static string WithoutHtml(string text)
    {
        if (text.Contains('<')) text = Tag().Replace(text, " ");
        return text.Contains('&') ? WebUtility.HtmlDecode(text) : text;
    }

    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?:https?://|www\.)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Url();
}
