using System.Globalization;
using System.Text;

namespace Kaggle.Core.Data.Texts;

/// <summary>What each of the first 65,536 code points becomes in lower case and without its marks, looked up instead of worked out.</summary>
static class LetterFolds
{
    /// <summary>Dropped.</summary>
    public const int Nothing = -1;

    static readonly ushort[] Lowered = Filled(lowercase: true, dropMarks: false), Bare = Filled(lowercase: false, dropMarks: true), Both = Filled(true, true);

    /// <returns>The code point that stands for this one, or <see cref="Nothing"/>.</returns>
    public static int Of(int point, bool lowercase, bool dropMarks)
    {
        if (point > 0xFFFF) return lowercase ? Rune.ToLowerInvariant(new(point)).Value : point;
        var table = lowercase ? dropMarks ? Both : Lowered : dropMarks ? Bare : null;
        if (table is null) return point;
        var folded = table[point];
        return folded == 0 && point != 0 ? Nothing : folded;
    }

    static ushort[] Filled(bool lowercase, bool dropMarks)
    {
        var table = new ushort[0x10000];
        for (var point = 0; point < table.Length; point++)
        {
            var letter = (char)point;
            if (dropMarks && !char.IsSurrogate(letter)) letter = WithoutMarks(letter);
            table[point] = lowercase ? char.ToLowerInvariant(letter) : letter;
        }
        return table;
    }

    /// <returns>The letter without marks; 0 for a mark; itself where more than one letter is left.</returns>
    static char WithoutMarks(char letter)
    {
        if (letter < 0xC0) return letter;
        if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) return '\0';
        var bare = CanonicalForms.WithoutMarks(letter.ToString());
        return bare.Length == 1 ? bare[0] : letter;
    }
}
