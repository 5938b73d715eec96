using Kaggle.Core.Data.Texts;

namespace Kaggle.Tests.Core.Data.Texts;

public class TextWordsTests
{
    [Theory]
    [InlineData("Don't PANIC, it's 5 o'clock!", "don|t|panic|it|s|5|o|clock")]
    [InlineData("Größe\u0301 中文 नमस्ते", "größé|中文|नमस्ते")]
    [InlineData("fire🔥🔥now", "fire|🔥|🔥|now")]
    [InlineData("  ...  ", "")]
    [InlineData("a\uD83D", "a")]
    public void Words_of_any_script_are_found(string text, string words) => Assert.Equal(words, string.Join('|', TextWords.Of(text)));

    [Fact]
    public void A_column_is_summed_up_by_lengths_and_words()
    {
        var facts = TextFacts.Of(["fire in town", null, "fire", "a song"], ["fire now", ""], hasTest: true)!;
        Assert.Equal((4, 6, 12, 5, 0.8, 0.5), (facts.Shortest, facts.Median, facts.Longest, facts.Words, facts.OnlyOnce, facts.NewInTest));
        Assert.Null(TextFacts.Of([null], [], hasTest: false));
    }
}
