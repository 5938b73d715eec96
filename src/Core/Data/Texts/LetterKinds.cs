using System.Globalization;
using System.Text;

namespace Kaggle.Core.Data.Texts;

/// <summary>What a code point does in a text.</summary>
public enum LetterKind : byte
{
    /// <summary>Ends words and is none.</summary>
    Space,

    /// <summary>A letter, mark, digit or underscore of any script.</summary>
    Word,

    /// <summary>Punctuation, signs, emoji.</summary>
    Symbol,

    /// <summary>Joins signs into one: zero-width joiner, variation selectors, skin tones.</summary>
    Joiner,
}

/// <summary>The kinds of all code points by Unicode's general categories.</summary>
public static class LetterKinds
{
    static readonly LetterKind[] FirstPlane = [.. Enumerable.Range(0, 0x10000).Select(WorkOut)];

    public static LetterKind Of(int point) => point < FirstPlane.Length ? FirstPlane[point] : WorkOut(point);

    /// <returns>Whether it is a digit of any script.</returns>
    public static bool IsDigit(int point) =>
        point < 0x80 ? point is >= '0' and <= '9' : CharUnicodeInfo.GetUnicodeCategory(point) == UnicodeCategory.DecimalDigitNumber;

    static LetterKind WorkOut(int point)
    {
        if (point is 0x200D or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0100 and <= 0xE01EF)) return LetterKind.Joiner;
        if (point is >= 0xD800 and <= 0xDFFF) return LetterKind.Symbol;
        if (Rune.IsValid(point) && Rune.IsWhiteSpace(new(point))) return LetterKind.Space;
        return CharUnicodeInfo.GetUnicodeCategory(point) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpaceSeparator => LetterKind.Space,
            <= UnicodeCategory.OtherNumber or UnicodeCategory.ConnectorPunctuation => LetterKind.Word,        // letters, marks and numbers come first
            _ => LetterKind.Symbol,
        };
    }
}
