using System.Globalization;
using System.Text;

namespace Kaggle.Core.Data.Texts;

/// <summary>Unicode's canonical forms: one spelling for texts that look the same.</summary>
/// <remarks>
/// The platform's own normalisation needs the ICU library, which small containers lack and whose version differs between machines; without it
/// texts come back unchanged and unsaid. Tables: decompositions.tsv. Algorithm: Unicode Standard Annex 15.
/// </remarks>
public static class CanonicalForms
{
    const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, Vowels = 21, Tails = 28, Syllables = 19 * Vowels * Tails;

    static readonly UnicodeTable Known = UnicodeTable.Load();

    /// <returns>The text with letters and their marks joined (NFC); the same instance when there is nothing to do.</returns>
    public static string Compose(string text)
    {
        if (IsPlain(text, below: '\u0300')) return text;          // nothing below U+0300 combines with what stands before it
        var points = Ordered(text);
        var composed = new List<int>(points.Count);
        var (starter, lastClass) = (-1, -1);
        foreach (var point in points)
        {
            var own = Known.ClassOf(point);
            if (starter >= 0 && (lastClass < own || lastClass == -1) && Pair(composed[starter], point) is { } joined)
            {
                composed[starter] = joined;
                continue;
            }
            if (own == 0) (starter, lastClass) = (composed.Count, -1);
            else lastClass = own;
            composed.Add(point);
        }
        return Text(composed);
    }

    /// <returns>The text with letters and their marks apart (NFD); the same instance when there is nothing to do.</returns>
    public static string Decompose(string text) => IsPlain(text, below: '\u00C0') ? text : Text(Ordered(text));

    /// <returns>The letters without their marks: é → e; the rest is composed.</returns>
    public static string WithoutMarks(string text)
    {
        if (IsPlain(text, below: '\u00C0')) return text;
        var points = Ordered(text);
        points.RemoveAll(point => CharUnicodeInfo.GetUnicodeCategory(point) == UnicodeCategory.NonSpacingMark);
        return Compose(Text(points));
    }

    static bool IsPlain(string text, char below) => !text.AsSpan().ContainsAnyExceptInRange('\0', (char)(below - 1));

    static List<int> Ordered(string text)
    {
        var points = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) Append(points, rune.Value);       // a lone surrogate becomes U+FFFD
        // Marks of one letter stand in the order of their classes; equal classes keep theirs.
        for (var i = 1; i < points.Count; i++)
        {
            var own = Known.ClassOf(points[i]);
            if (own == 0) continue;
            for (var j = i; j > 0 && Known.ClassOf(points[j - 1]) > own; j--) (points[j], points[j - 1]) = (points[j - 1], points[j]);
        }
        return points;
    }

    static void Append(List<int> points, int point)
    {
        if (point is >= HangulBase and < HangulBase + Syllables)
        {
            var index = point - HangulBase;
            points.Add(LeadBase + index / (Vowels * Tails));
            points.Add(VowelBase + index % (Vowels * Tails) / Tails);
            if (index % Tails is var tail and > 0) points.Add(TailBase + tail);
        }
        else if (Known.PartsOf(point) is { } parts)
            foreach (var part in parts) Append(points, part);
        else points.Add(point);
    }

    static int? Pair(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + 19 && second is >= VowelBase and < VowelBase + Vowels)
            return HangulBase + ((first - LeadBase) * Vowels + second - VowelBase) * Tails;
        if (first is >= HangulBase and < HangulBase + Syllables && (first - HangulBase) % Tails == 0 && second is > TailBase and < TailBase + Tails)
            return first + second - TailBase;
        return Known.Joined(first, second);
    }

    static string Text(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        Span<char> two = stackalloc char[2];
        foreach (var point in points) text.Append(two[..new Rune(point).EncodeToUtf16(two)]);
        return text.ToString();
    }
}
