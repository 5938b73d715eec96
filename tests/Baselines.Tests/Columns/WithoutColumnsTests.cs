using Kaggle.Baselines.Columns;
using Kaggle.Baselines.Linear;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Baselines.Columns;

public class WithoutColumnsTests
{
    static readonly Dataset Rows = Some.Rows(Target.Number("value"));

    [Fact]
    public void It_says_what_its_learner_says_of_rows_that_lack_the_columns()
    {
        using var blind = new WithoutColumns(new Ridge()) { Columns = ["size", "day", "no such column"] }.Fit(Rows, null, new());
        var less = Rows.WithColumns([Rows["noise"], Rows["colour"]]);
        using var bare = new Ridge().Fit(less, null, new());
        Assert.Equal(bare.Predict(less).Values.Values.ToArray(), blind.Predict(Rows).Values.Values.ToArray());
    }

    [Fact]
    public void With_no_column_left_it_ends_with_a_sentence() => Assert.Equal(
        "Ridge is shown no column: size, noise, colour, day are all there are.",
        Assert.Throws<InputException>(() => new WithoutColumns(new Ridge()) { Columns = ["size", "noise", "colour", "day"] }.Fit(Rows, null, new())).Message);
}
