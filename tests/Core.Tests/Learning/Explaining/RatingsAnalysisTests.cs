using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Learning.Explaining;

public class RatingsAnalysisTests
{
    static readonly string[] Users = [.. Enumerable.Range(0, 12).Select(u => $"u{u}")], Items = [.. Enumerable.Range(0, 20).Select(i => $"i{i}")];

    static Dataset Rated(params (int User, int Item, float Stars)[] rows) => new(
        [new CategoryColumn("user", rows.Select(r => r.User).ToArray(), [.. Users]), new CategoryColumn("item", rows.Select(r => r.Item).ToArray(), [.. Items])],
        new(Target.Number("stars"), new(rows.Select(r => r.Stars).ToArray(), 1)));

    static RatingsAnalysis Of(Dataset train, IReadOnlyList<Fold> folds, float said, Dataset? test = null, IItemVectors? vectors = null) =>
        RatingsAnalysis.Of(train, test, folds, new(OutputKind.Values, new(Enumerable.Repeat(said, train.Rows).ToArray(), 1)), "user", "item", vectors)!;

    [Fact]
    public void Users_and_items_that_a_folds_training_part_did_not_have_are_told_apart()
    {
        var train = Rated((0, 0, 5), (1, 1, 4), (0, 1, 3), (2, 0, 1), (1, 5, 2), (3, 6, 3));
        var known = Of(train, [new Fold(0, [0, 1], [2, 3, 4, 5])], said: 3).Known;

        Assert.Equal(
            [(true, true, 1, 0), (true, false, 1, 1), (false, true, 1, 2), (false, false, 1, 0)],
            known.Select(k => (k.UserKnown, k.ItemKnown, k.Rows, k.Rmse)));
        Assert.Equal([0, 1, 2, 0], known.Select(k => k.Bias));
    }

    [Fact]
    public void Items_are_binned_by_how_often_they_were_rated()
    {
        // Item i is rated i + 1 times, and always one star off.
        (int, int, float)[] rows = [.. from item in Enumerable.Range(0, 8) from user in Enumerable.Range(0, item + 1) select (user, item, 2f)];
        var bins = Of(Rated(rows), [new Fold(0, [], [.. Enumerable.Range(0, rows.Length)])], said: 3).Popularity;

        Assert.Equal(rows.Length, bins.Sum(b => b.Rows));
        Assert.Equal(8, bins.Sum(b => b.Of));
        Assert.All(bins, b => Assert.Equal((1, 1), (b.Rmse, b.Bias)));
        Assert.Equal((1, 8), (bins[0].From, bins[^1].To));
        Assert.All(bins.Zip(bins.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
    }

    [Fact]
    public void The_hardest_users_are_those_whose_errors_are_largest()
    {
        (int, int, float)[] rows = [.. from user in Enumerable.Range(0, 12) from item in Enumerable.Range(0, 15) select (user, item, 3f + user * (item % 2 == 0 ? 0.1f : -0.1f))];
        var analysis = Of(Rated(rows), [new Fold(0, [], [.. Enumerable.Range(0, rows.Length)])], said: 3);

        Assert.Equal(["u11", "u10", "u9"], analysis.Hardest.Take(3).Select(u => u.Name));
        Assert.Equal(1.1, analysis.Hardest[0].Rmse, 1e-5);
        Assert.Equal(1, analysis.PerUser!.Train.Sum(), 1e-9);
    }

    [Fact]
    public void Test_rows_of_users_and_items_that_nobody_met_are_counted()
    {
        var test = Rated((0, 0, 0), (9, 0, 0), (-1, 1, 0), (0, 19, 0)).WithTarget(null);
        Assert.Equal(new StrangeRows(4, 2, 1), Of(Rated((0, 0, 5), (1, 1, 4)), [new Fold(0, [0], [1])], 3, test).Strangers);
    }

    /// <summary>Ten items along one line, ten along another, upright to it.</summary>
    sealed class TwoKinds : IItemVectors
    {
        public IReadOnlyList<string> ItemNames => Items;

        public ReadOnlySpan<float> ItemVector(int place) => new[] { place % 2 == 0 ? 3f + 0.1f * place : 0.01f * place, place % 2 == 0 ? 0.01f * place : 1f + 0.1f * place };
    }

    [Fact]
    public void Neighbours_point_the_same_way_and_the_first_direction_tells_the_kinds_apart()
    {
        var likeness = ItemLikeness.Of(new TwoKinds(), Items.Index().ToDictionary(i => i.Item, i => 100 - i.Index))!;

        static bool Even(string item) => int.Parse(item[1..]) % 2 == 0;
        Assert.Equal(Items.Take(12), likeness.Neighbours.Select(n => n.Name));
        Assert.All(likeness.Neighbours, n => Assert.All(n.Near, near => Assert.Equal(Even(n.Name), Even(near.Name))));
        Assert.All(likeness.Directions[0].High, item => Assert.True(Even(item)));       // the best known, i0, stands to the right
        Assert.All(likeness.Directions[0].Low, item => Assert.False(Even(item)));
        Assert.Equal(1, likeness.Directions.Take(2).Sum(d => d.Share), 1e-6);            // vectors of two numbers have two directions
    }

    [Fact]
    public void The_map_keeps_the_distances_of_vectors_in_a_plane()
    {
        var (model, names) = (new TwoKinds(), Items);
        var map = ItemLikeness.Of(model, names.ToDictionary(n => n, _ => 1))!.Map.ToDictionary(m => m.Name);
        for (var i = 0; i < names.Length; i++)
        {
            var (a, b) = (model.ItemVector(0).ToArray(), model.ItemVector(i).ToArray());
            Assert.Equal(Math.Sqrt(Math.Pow(a[0] - b[0], 2) + Math.Pow(a[1] - b[1], 2)), Math.Sqrt(Math.Pow(map["i0"].X - map[names[i]].X, 2) + Math.Pow(map["i0"].Y - map[names[i]].Y, 2)), 1e-4);
        }
    }

    [Fact]
    public void Rows_that_are_no_ratings_have_no_such_analysis() =>
        Assert.Null(RatingsAnalysis.Of(Rated((0, 0, 5), (1, 1, 4)), null, [new Fold(0, [0], [1])], new(OutputKind.Values, new(new float[] { 3, 3 }, 1)), "user", "film", null));
}
