using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Tests.Core.Learning.Explaining;

public class ConfusedPairsTests
{
    static TargetValues Kinds(int classes, params float[] truth) => new(Target.Classes("Kind"), new(truth, 1), [.. Enumerable.Range(0, classes).Select(k => $"kind {k}")]);

    static ConfusedPairs? Of(TargetValues answers, float[] decided, Func<int, float> sure) => ConfusedPairs.Of(
        answers, new(OutputKind.Probabilities, new(Enumerable.Range(0, decided.Length * answers.Classes.Length).Select(i => sure(i / answers.Classes.Length)).ToArray(), answers.Classes.Length)),
        new(decided, 1), row => $"row {row}", row => [new("picture", $"{row}.png", $"data:image/jpeg;base64,{row}")]);

    [Fact]
    public void Each_pair_is_counted_and_shared_over_the_rows_of_its_truth_the_most_frequent_first()
    {
        var found = Of(Kinds(3, 0, 0, 0, 0, 1, 1, 2, 2), [0, 1, 1, 2, 0, 1, 0, 2], row => row / 10f)!;

        Assert.Equal([("kind 0", "kind 1", 2, 0.5), ("kind 1", "kind 0", 1, 0.5), ("kind 2", "kind 0", 1, 0.5), ("kind 0", "kind 2", 1, 0.25)],
            found.Pairs.Select(p => (p.Truth, p.Decided, p.Rows, p.Share)));
        Assert.Equal((5, 0), (found.Mistakes, found.More));
    }

    [Fact]
    public void The_example_is_the_row_that_was_given_the_highest_chance_with_its_picture()
    {
        var found = Of(Kinds(3, 0, 0, 0), [1, 1, 1], row => row == 1 ? 0.9f : 0.5f)!;

        Assert.Equal(("row 1", "data:image/jpeg;base64,1"), (found.Pairs[0].Example, found.Pairs[0].Picture));
    }

    [Fact]
    public void A_pair_of_rare_classes_is_found_among_a_hundred()
    {
        float[] truth = [.. Enumerable.Range(0, 1000).Select(i => (float)(i % 97)), 98, 98, 98];
        float[] decided = [.. truth[..1000], 99, 99, 98];
        var found = Of(Kinds(100, truth), decided, _ => 0.5f)!;

        Assert.Equal(("kind 98", "kind 99", 2), (found.Pairs[0].Truth, found.Pairs[0].Decided, found.Pairs[0].Rows));
        Assert.Equal(2.0 / 3, found.Pairs[0].Share, 1e-12);
    }

    [Fact]
    public void What_there_is_no_room_for_is_counted()
    {
        var found = Of(Kinds(40, [.. Enumerable.Range(0, 40).Select(k => (float)k)]), [.. Enumerable.Range(1, 39).Select(k => (float)k), 0], _ => 0.5f)!;

        Assert.Equal((15, 25, 40), (found.Pairs.Count, found.More, found.Mistakes));
    }

    [Fact]
    public void Two_classes_no_mistake_and_numbers_have_none()
    {
        Assert.Null(Of(Kinds(3, 0, 1, 2), [0, 1, 2], _ => 0.5f));
        Assert.Null(ConfusedPairs.Of(Known.Binary(0, 1), Known.Chances(0.9f, 0.9f), new(new float[] { 1, 1 }, 1), row => "", row => []));
        Assert.Null(ConfusedPairs.Of(Known.Numbers(0, 1), Known.Values(0.9f, 0.9f), new(new float[] { 1, 1 }, 1), row => "", row => []));
    }
}
