using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Tests.Core.Metrics;

public class TopListScoresTests
{
    // Two users of five items; written out by hand.
    static TopListScores Scored() => TopListScores.Of(
        [[3, 1, 4], [0, 2, 1]], [new HashSet<int> { 1, 4 }, new HashSet<int> { 0, 1, 2, 3 }], k: 3, had: [2, 1, 1, 0, 1]);

    [Fact]
    public void Recall_and_precision_count_what_was_found()
    {
        Assert.Equal((2.0 / 2 + 3.0 / 4) / 2, Scored().Recall, 1e-12);
        Assert.Equal((2.0 / 3 + 3.0 / 3) / 2, Scored().Precision, 1e-12);
    }

    [Fact]
    public void Ndcg_is_the_gain_over_that_of_the_best_list()
    {
        var first = (1 / Math.Log2(3) + 1 / Math.Log2(4)) / (1 / Math.Log2(2) + 1 / Math.Log2(3));
        Assert.Equal((first + 1) / 2, Scored().Ndcg, 1e-12);
    }

    [Fact]
    public void Map_and_mrr_look_at_the_places()
    {
        Assert.Equal(((1.0 / 2 + 2.0 / 3) / 2 + 1) / 2, Scored().Map, 1e-12);
        Assert.Equal((1.0 / 2 + 1) / 2, Scored().Mrr, 1e-12);
        Assert.Equal(1, Scored().HitRate);
    }

    [Fact]
    public void Coverage_is_the_share_of_items_that_anybody_was_told_of() => Assert.Equal(1, Scored().Coverage);

    [Fact]
    public void What_everybody_had_is_no_novelty()
    {
        Assert.Equal(0, TopListScores.Of([[0]], [new HashSet<int> { 0 }], 1, [1]).Novelty);
        Assert.Equal((0 + 1 + 1 + 1 + 1 + 1) / 6.0, Scored().Novelty, 1e-12);
    }

    [Fact]
    public void Users_without_anything_to_be_found_are_passed_over() =>
        Assert.Equal((1, 1.0), TopListScores.Of([[0], [1]], [new HashSet<int> { 0 }, new HashSet<int>()], 1, [1, 1]) is var s ? (s.Users, s.Recall) : default);

    [Fact]
    public void Nobody_with_anything_to_be_found_is_a_sentence() =>
        Assert.Contains("None of 1 users", Assert.Throws<InputException>(() => TopListScores.Of([[0]], [new HashSet<int>()], 1, [1])).Message);
}
