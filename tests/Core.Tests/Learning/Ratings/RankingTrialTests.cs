using Kaggle.Core.Data;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Tests.Core.Learning.Ratings;

public class RankingTrialTests
{
    /// <summary>Eight rows of user a, two of b, one of c; the later a row stands, the earlier it was.</summary>
    static Dataset Rows(bool timed = true)
    {
        int[] users = [0, 0, 0, 0, 1, 0, 0, 2, 0, 1, 0];
        return new(
            [new CategoryColumn("user", users, ["a", "b", "c"]), new CategoryColumn("item", Enumerable.Range(0, 11).ToArray(), [.. Enumerable.Range(0, 11).Select(i => $"i{i}")])],
            null, time: timed ? Enumerable.Range(0, 11).Select(i => 100L - i).ToArray() : default(ReadOnlyMemory<long>?));
    }

    [Fact]
    public void A_quarter_of_each_users_rows_is_hidden_and_no_row_is_lost()
    {
        var trial = RankingTrial.Drawn(Rows(), "user", seed: 1);
        var user = Rows().Codes("user").ToArray();
        Assert.Equal(Enumerable.Range(0, 11), trial.Known.Concat(trial.Hidden).Order());
        Assert.Equal([2, 0, 0], Enumerable.Range(0, 3).Select(u => trial.Hidden.Count(row => user[row] == u)));
        Assert.NotEqual(trial.Hidden, RankingTrial.Drawn(Rows(), "user", seed: 2).Hidden);
    }

    [Fact]
    public void The_last_in_time_is_hidden_but_an_only_row_stays()
    {
        var trial = RankingTrial.WithoutTheLast(Rows(), "user");
        Assert.Equal([0, 4], trial.Hidden.Order());
        Assert.Equal([1, 2, 3, 5, 6, 7, 8, 9, 10], trial.Known);
    }

    [Fact]
    public void Without_time_there_is_no_last() =>
        Assert.Contains("name its column", Assert.Throws<InputException>(() => RankingTrial.WithoutTheLast(Rows(timed: false), "user")).Message);
}
