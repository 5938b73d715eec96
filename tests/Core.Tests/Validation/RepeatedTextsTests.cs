using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Validation;

public class RepeatedTextsTests
{
    static TextColumn Texts(params string?[] texts) => new("text", texts);

    [Fact]
    public void Repeated_texts_are_counted_with_those_that_have_two_answers_and_those_in_test()
    {
        string[] own = [.. Enumerable.Range(0, 30).Select(i => $"this is text number {i}")];
        float[] truth = [.. Enumerable.Range(0, 33).Select(i => i % 2f)];
        var train = new Dataset([Texts([.. own, own[0], own[0], own[5]])], new(Target.Binary("y"), new(truth, 1), ["no", "yes"]));
        var test = new Dataset([Texts(own[7], "something else altogether", null)]);

        var said = Assert.Single(LeakGuard.Check(train, test), w => w.Code == "repeated-texts").Sentence;
        Assert.StartsWith("3 of 33 training texts of 'text' repeat an earlier one letter for letter; 2 different texts have more than one answer; 1 of 3 test texts of 'text' stand in train", said);
    }

    [Fact]
    public void Short_texts_may_repeat() =>
        Assert.DoesNotContain(LeakGuard.Check(new Dataset([Texts([.. Enumerable.Repeat("two words", 20)])], Some.Classes([.. Enumerable.Range(0, 20).Select(i => i % 2)]))), w => w.Code == "repeated-texts");
}
