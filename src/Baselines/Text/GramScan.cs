using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Kaggle.Core.Data.Texts;

namespace Kaggle.Baselines.Text;

/// <summary>Takes texts apart into pieces, each named by a hash of 64 bits. One thread's; its buffers are used again for each text.</summary>
/// <remarks>
/// Two pieces of millions share a hash with a chance of one in a million; nothing is worth keeping all their letters. Hashes are the same on every
/// machine and in every version: saved models hold them.
/// </remarks>
sealed class GramScan(TextPieces pieces)
{
    const ulong Odd = 0x9E3779B97F4A7C15;

    readonly ArrayBufferWriter<int> cleaned = new(256);
    readonly List<(int Start, int End)> places = [];
    readonly List<int> padded = [];
    readonly DistinctGrams distinct = new();
    ulong[] words = new ulong[64];

    /// <returns>The text's different pieces and how often each stands there; valid until the next text.</returns>
    public DistinctGrams Of(string? text)
    {
        distinct.Clear();
        if (string.IsNullOrEmpty(text)) return distinct;
        var points = pieces.Cleaning.Points(text, cleaned);
        if (pieces.OfWords) Words(points);
        else Letters(points);
        return distinct;
    }

    /// <returns>Words and their groups spelled out, in order, repeated ones too.</returns>
    public List<string> Texts(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var points = pieces.Cleaning.Points(text, cleaned);
        FindWords(points);
        var (found, spelled) = (new List<string>(), new List<string>(places.Count));
        foreach (var (start, end) in places) spelled.Add(Spell(points[start..end]));
        for (var length = pieces.Grams.Least; length <= pieces.Grams.Most; length++)
            for (var i = 0; i + length <= spelled.Count; i++) found.Add(string.Join(' ', spelled[i..(i + length)]));
        return found;
    }

    void Words(ReadOnlySpan<int> points)
    {
        FindWords(points);
        if (words.Length < places.Count) words = new ulong[2 * places.Count];
        for (var i = 0; i < places.Count; i++)
        {
            var hash = Odd;
            foreach (var point in points[places[i].Start..places[i].End]) hash = Step(hash, (uint)point);
            words[i] = Mixed(hash);
        }
        for (var length = pieces.Grams.Least; length <= pieces.Grams.Most; length++)
            for (var i = 0; i + length <= places.Count; i++)
            {
                var hash = words[i];
                for (var j = 1; j < length; j++) hash = Mixed(hash * Odd + words[i + j]);
                distinct.Add(hash);
            }
    }

    /// <summary>Runs of letters, marks and digits; with symbols also each sign by itself, an emoji with its joiners as one.</summary>
    void FindWords(ReadOnlySpan<int> points)
    {
        places.Clear();
        var i = 0;
        while (i < points.Length)
        {
            var (start, kind) = (i, LetterKinds.Of(points[i]));
            if (kind == LetterKind.Word)
            {
                while (++i < points.Length && LetterKinds.Of(points[i]) == LetterKind.Word) { }
                if (i - start >= pieces.ShortestWord) places.Add((start, i));
            }
            else if (kind == LetterKind.Symbol && pieces.Symbols)
            {
                i++;
                while (i < points.Length && LetterKinds.Of(points[i]) == LetterKind.Joiner)
                    i += points[i] == 0x200D && i + 1 < points.Length && LetterKinds.Of(points[i + 1]) == LetterKind.Symbol ? 2 : 1;
                places.Add((start, i));
            }
            else i++;
        }
    }

    /// <summary>Pieces of letters: within words, a space on both sides; or over the whole text, words parted by one space.</summary>
    /// <remarks>As scikit-learn's analyzers "char_wb" and "char".</remarks>
    void Letters(ReadOnlySpan<int> points)
    {
        padded.Clear();
        var i = 0;
        while (i < points.Length)
        {
            var start = i;
            while (i < points.Length && LetterKinds.Of(points[i]) == LetterKind.Space) i++;
            if (i > start || !pieces.AcrossWords) padded.Add(' ');
            if (i == points.Length) break;
            for (; i < points.Length && LetterKinds.Of(points[i]) != LetterKind.Space; i++) padded.Add(points[i]);
            if (pieces.AcrossWords) continue;
            padded.Add(' ');
            LettersOf(CollectionsMarshal.AsSpan(padded));
            padded.Clear();
        }
        if (pieces.AcrossWords) LettersOf(CollectionsMarshal.AsSpan(padded));
    }

    /// <summary>A run shorter than the shortest piece counts once, whole.</summary>
    void LettersOf(ReadOnlySpan<int> run)
    {
        var least = Math.Min(pieces.Grams.Least, run.Length);
        for (var start = 0; start + least <= run.Length && start < run.Length; start++)
        {
            var hash = Odd;
            for (var i = start; i < Math.Min(run.Length, start + pieces.Grams.Most); i++)
            {
                hash = Step(hash, (uint)run[i]);
                if (i + 1 - start >= least) distinct.Add(Mixed(hash));
            }
        }
    }

    static ulong Step(ulong hash, uint point) => (hash ^ point) * 0x100000001B3;

    /// <summary>splitmix64's last steps: every bit reaches every other.</summary>
    static ulong Mixed(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    static string Spell(ReadOnlySpan<int> points)
    {
        var text = new StringBuilder(points.Length);
        Span<char> two = stackalloc char[2];
        foreach (var point in points) text.Append(two[..(Rune.IsValid(point) ? new Rune(point) : Rune.ReplacementChar).EncodeToUtf16(two)]);
        return text.ToString();
    }
}

/// <summary>How texts are taken apart: all that the pieces' hashes depend on.</summary>
sealed record TextPieces(TextCleaning Cleaning, NGrams Grams, bool OfWords, int ShortestWord, bool Symbols, bool AcrossWords);
