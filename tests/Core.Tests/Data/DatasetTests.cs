using Kaggle.Core.Data;

namespace Kaggle.Tests.Core.Data;

public class DatasetTests
{
    static readonly Dataset Ages = new([new NumberColumn("Age", new float[] { 1, 2, 3, 4 })]);

    [Fact]
    public void A_view_of_a_view_counts_rows_of_the_first_source()
    {
        var view = Ages.Take([3, 1, 0]).Take([2, 0]);

        Assert.Equal([1f, 4f], view.Number("Age").ToArray());
        Assert.Same(Ages, view.Source);
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused() =>
        Assert.Throws<InputException>(() => new Dataset([Ages.Columns[0], Ages.Columns[0]]));

    [Fact]
    public void A_row_that_is_not_there_cannot_be_taken() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ages.Take([4]));
}
