using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Tests.Core.Learning.Explaining;

public class SamplePredictionsTests
{
    static SamplePredictions Of(float[] truth, float[] chances, int seed = 1) => SamplePredictions.Of(
        Known.Binary(truth), Known.Chances(chances), Known.Chances(chances).Values.Map(p => p >= 0.3f ? 1 : 0), row => $"{row}", row => [new("Age", $"{row + 20}")], seed)!;

    [Fact]
    public void As_many_right_rows_are_drawn_as_wrong_ones_and_the_true_share_is_told()
    {
        var found = Of([.. Enumerable.Range(0, 100).Select(i => i < 90 ? 1f : 0)], [.. Enumerable.Repeat(0.8f, 100)]);

        Assert.Equal(0.9, found.Right);
        Assert.Equal([(true, 6), (false, 6)], found.Rows.GroupBy(r => r.IsRight!.Value).Select(g => (g.Key, g.Count())));
        Assert.All(found.Rows, row => Assert.Equal(row.IsRight, int.Parse(row.Id) < 90));
    }

    [Fact]
    public void Few_wrong_rows_leave_room_for_right_ones()
    {
        var found = Of([.. Enumerable.Range(0, 100).Select(i => i < 98 ? 1f : 0)], [.. Enumerable.Repeat(0.8f, 100)]);

        Assert.Equal((10, 2), (found.Rows.Count(r => r.IsRight == true), found.Rows.Count(r => r.IsRight == false)));
    }

    [Fact]
    public void A_row_tells_the_class_decided_on_and_its_chance()
    {
        var found = Of([0, 1], [0.4f, 0.1f]);

        Assert.Equal([("0", "died", "lived", 0.4f), ("1", "lived", "died", 0.9f)], found.Rows.Select(r => (r.Id, r.Truth, r.Predicted, (float)r.Chance!.Value)));
        Assert.Equal("21", found.Rows[1].Cells[0].Text);
    }

    [Fact]
    public void The_same_seed_draws_the_same_rows_and_another_one_others()
    {
        float[] truth = [.. Enumerable.Range(0, 500).Select(i => i % 2f)], chances = [.. Enumerable.Repeat(0.8f, 500)];
        string[] Drawn(int seed) => [.. Of(truth, chances, seed).Rows.Select(r => r.Id)];

        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
    }

    [Fact]
    public void Numbers_are_neither_right_nor_wrong_and_unjudged_rows_are_left_out()
    {
        var found = SamplePredictions.Of(Known.Numbers(1, 2, 3), Known.Values(1.5f, float.NaN, 3), new(new float[3], 1), row => $"{row}", _ => [], 1)!;

        Assert.Null(found.Right);
        Assert.Equal([("0", "1", "1.5"), ("2", "3", "3")], found.Rows.Select(r => (r.Id, r.Truth, r.Predicted)));
        Assert.Null(SamplePredictions.Of(Known.Numbers(1), Known.Values(float.NaN), new(new float[1], 1), row => $"{row}", _ => [], 1));
    }
}
