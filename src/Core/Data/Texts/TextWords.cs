using System.Text;

namespace Kaggle.Core.Data.Texts;

/// <summary>The words of a text, for a person to read: runs of letters, marks and digits of any script; each emoji is a word.</summary>
public static class TextWords
{
    /// <returns>In small letters, in the order of the text.</returns>
    public static IReadOnlyList<string> Of(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [.. Places(text).Select(p => CanonicalForms.Compose(text.Substring(p.Start, p.Length)).ToLowerInvariant())];

    /// <returns>Where each word stands.</returns>
    public static IReadOnlyList<(int Start, int Length)> Places(string text)
    {
        var places = new List<(int, int)>();
        var (start, at) = (-1, 0);
        while (at < text.Length)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != System.Buffers.OperationStatus.Done) rune = Rune.ReplacementChar;
            var kind = LetterKinds.Of(rune.Value);
            if (kind == LetterKind.Word && start < 0) start = at;
            if (kind != LetterKind.Word && start >= 0)
            {
                places.Add((start, at - start));
                start = -1;
            }
            if (kind == LetterKind.Symbol && rune.Value > 0xFFFF) places.Add((at, length));
            at += length;
        }
        if (start >= 0) places.Add((start, text.Length - start));
        return places;
    }
}
