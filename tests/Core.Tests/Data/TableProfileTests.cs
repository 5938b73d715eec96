using System.Text.Json;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Core.Data;

public class TableProfileTests
{
    static readonly float[] Answers = [.. Enumerable.Range(0, 200).Select(i => i < 100 ? 0f : 1f)];

    static Dataset Rows(params Column[] columns) => new(columns, new(Target.Binary("y"), new(Answers, 1), ["0", "1"]));

    static Column Numbers(Func<int, float> value) => new NumberColumn("x", Enumerable.Range(0, 200).Select(value).ToArray());

    [Fact]
    public void A_number_that_separates_the_classes_has_an_auc_and_a_strength_of_one()
    {
        var profile = TableProfile.Of(Rows(Numbers(i => i)), null)[0];

        Assert.Equal(("auc", 1.0), (profile.Relation!.Measure, profile.Relation.Value));
        Assert.Equal(1, profile.Relation.Strength, 0.01);
        Assert.Equal((200, 0.0, 99.5, 199.0), (profile.Distinct, profile.Spread!.Minimum, profile.Spread.Median, profile.Spread.Maximum));
    }

    [Fact]
    public void A_column_that_tells_nothing_has_a_strength_near_zero() =>
        Assert.True(TableProfile.Of(Rows(Numbers(i => i * 37 % 100)), null)[0].Relation!.Strength < 0.15);

    [Fact]
    public void A_level_of_its_own_for_each_row_tells_nothing() =>
        Assert.Equal(0, TableProfile.Of(Rows(new CategoryColumn("x", Enumerable.Range(0, 200).ToArray(), [.. Enumerable.Range(0, 200).Select(i => $"{i}")])), null)[0].Relation!.Strength);

    [Fact]
    public void That_a_value_is_missing_can_tell() =>
        Assert.Equal(1, TableProfile.Of(Rows(Numbers(i => i < 100 ? float.NaN : i % 7)), null)[0].Relation is { } relation ? relation.Strength : 1, 0.01);

    [Fact]
    public void Small_integers_get_a_bin_each_and_the_targets_mean_in_it()
    {
        var histogram = TableProfile.Of(Rows(Numbers(i => i / 100 + 1)), new([new NumberColumn("x", new float[] { 2, 2, 3, float.NaN })]))[0].Histogram!;

        Assert.Equal([0.5, 1.5, 2.5, 3.5], histogram.Edges);
        Assert.Equal([0.5, 0.5, 0], histogram.Train);
        Assert.Equal([0, 0.5, 0.25], histogram.Test!);
        Assert.Equal([0.0, 1.0, null], histogram.Target!);
    }

    [Fact]
    public void Levels_come_commonest_first_and_those_only_in_test_are_counted()
    {
        var train = new CategoryColumn("x", Enumerable.Range(0, 200).Select(i => i < 150 ? 1 : 0).ToArray(), ["a", "b", "c"]);
        var test = new CategoryColumn("x", new[] { 2, 2, 1, -1 }, ["a", "b", "c"]);

        var profile = TableProfile.Of(Rows(train), new([test]))[0];

        Assert.Equal(["b", "a", "c"], profile.Levels.Select(l => l.Name));
        Assert.Equal((0.5, 0.25), (profile.UnseenInTest, profile.TestMissing));
        Assert.Equal(1 / 3.0, profile.Levels[0].Target!.Value, 9);
    }

    [Fact]
    public void Every_kind_and_an_empty_column_can_be_written_as_json()
    {
        var rows = Rows(Numbers(_ => float.NaN), new TextColumn("t", Enumerable.Repeat<string?>(new string('x', 100), 200).ToArray()),
            new DateColumn("d", Enumerable.Range(0, 200).Select(i => new DateTime(2012, 1, 1).AddDays(i).Ticks).ToArray()));

        var profiles = TableProfile.Of(rows, null);

        Assert.Contains("\"Edges\"", JsonSerializer.Serialize(profiles));
        Assert.Equal(80, profiles[1].Examples[0].Length);
        Assert.Equal("auc", profiles[2].Relation!.Measure);
    }
}
