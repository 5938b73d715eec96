using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Tests.Core.Learning.Ratings;

public class TopItemsTests
{
    const int Users = 53, Items = 1100, Width = 16;

    static readonly FactorModel Model = Drawn();

    [Fact]
    public void They_are_those_that_sorting_all_scores_finds()
    {
        var seen = RatedLists.Of(Users, [0, 0, 52], [3, 7, 1099], new float[3]);
        var lists = TopItems.Of(Model, seen, 10, threads: 2);
        for (var user = 0; user < Users; user++)
        {
            var hidden = seen.Others(user).ToArray();
            var sorted = Enumerable.Range(0, Items).Where(i => !hidden.Contains(i)).OrderByDescending(i => Model.Values.Say(user, i)).Take(10);
            Assert.Equal(sorted, lists[user]);
        }
    }

    [Fact]
    public void Where_fewer_are_left_the_list_is_shorter()
    {
        var seen = RatedLists.Of(Users, [.. Enumerable.Repeat(0, Items - 4)], [.. Enumerable.Range(0, Items - 4)], new float[Items - 4]);
        Assert.Equal(Enumerable.Range(Items - 4, 4), TopItems.Of(Model, seen, 10, threads: 1)[0].Order());
    }

    static FactorModel Drawn()
    {
        var random = new Random(3);
        float[] Of(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        return new(new("user", "item", [.. Enumerable.Range(0, Users).Select(u => $"{u}")], [.. Enumerable.Range(0, Items).Select(i => $"{i}")]),
            new(0, Of(Users), Of(Items), Of(Users * Width), Of(Items * Width), Width), null, new());
    }
}
