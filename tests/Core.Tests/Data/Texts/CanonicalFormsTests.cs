using Kaggle.Core.Data.Texts;

namespace Kaggle.Tests.Core.Data.Texts;

public class CanonicalFormsTests
{
    [Fact]
    public void Letters_and_marks_are_joined_as_unicode_says() =>
        Assert.All(FormVectors.All, v => Assert.Equal(v.Composed, CanonicalForms.Compose(v.Text)));

    [Fact]
    public void Letters_and_marks_are_parted_as_unicode_says() =>
        Assert.All(FormVectors.All, v => Assert.Equal(v.Decomposed, CanonicalForms.Decompose(v.Text)));

    [Theory]
    [InlineData("Café", "Cafe")]
    [InlineData("Việt", "Viet")]
    [InlineData("각", "각")]
    [InlineData("plain", "plain")]
    public void Marks_can_be_dropped(string text, string bare) => Assert.Equal(bare, CanonicalForms.WithoutMarks(text));

    [Fact]
    public void Half_a_pair_becomes_the_replacement_character() => Assert.Equal("a\uFFFDé", CanonicalForms.Compose("a\uD83De\u0301"));

    [Theory]
    [InlineData('a', LetterKind.Word)]
    [InlineData('ß', LetterKind.Word)]
    [InlineData(0x0BBE, LetterKind.Word)]                       // a vowel sign of Tamil, without which words would break
    [InlineData(0x4E2D, LetterKind.Word)]
    [InlineData('_', LetterKind.Word)]
    [InlineData('7', LetterKind.Word)]
    [InlineData('!', LetterKind.Symbol)]
    [InlineData(0x1F600, LetterKind.Symbol)]
    [InlineData(0x200D, LetterKind.Joiner)]
    [InlineData(0x00A0, LetterKind.Space)]
    [InlineData(0x0007, LetterKind.Space)]
    public void Code_points_have_a_kind(int point, LetterKind kind) => Assert.Equal(kind, LetterKinds.Of(point));
}
