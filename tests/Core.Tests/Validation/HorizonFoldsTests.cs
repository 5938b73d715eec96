using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Validation;

public class HorizonFoldsTests
{
    static Dataset Days(params int[] days) =>
        new([new NumberColumn("x", new float[days.Length])], time: days.Select(d => new DateTime(2024, 1, 1).AddDays(d).Ticks).ToArray());

    static Dataset Days(int count) => Days([.. Enumerable.Range(0, count)]);

    [Fact]
    public void Each_stretch_is_learned_from_all_before_it()
    {
        var folds = Folds.Ahead(TimeSpan.FromDays(3), count: 2).Split(Days(10));
        Assert.Equal([4, 5, 6], folds[0].Validation);
        Assert.Equal([0, 1, 2, 3], folds[0].Train);
        Assert.Equal([7, 8, 9], folds[1].Validation);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], folds[1].Train);
    }

    [Fact]
    public void The_gap_is_in_neither_part() => Assert.Equal([0, 1, 2, 3, 4], Folds.Ahead(TimeSpan.FromDays(3), 1, gap: TimeSpan.FromDays(2)).Split(Days(10))[0].Train);

    [Fact]
    public void Rows_may_come_in_any_order_and_share_moments() =>
        Assert.Equal([0, 3], Folds.Ahead(TimeSpan.FromDays(1), 1).Split(Days(5, 1, 2, 5, 3))[0].Validation);

    [Fact]
    public void More_stretches_than_time_reaches_back_is_a_sentence() =>
        Assert.Contains("do not reach back over 4 times", Assert.Throws<InputException>(() => Folds.Ahead(TimeSpan.FromDays(3), 4).Split(Days(10))).Message);

    [Fact]
    public void Without_time_it_says_what_to_do() =>
        Assert.Contains("name the column that holds it", Assert.Throws<InputException>(() => Folds.Ahead(TimeSpan.FromDays(3)).Split(new Dataset([new NumberColumn("x", new float[3])]))).Message);
}
