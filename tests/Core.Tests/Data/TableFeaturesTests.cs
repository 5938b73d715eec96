using Kaggle.Core.Data;

namespace Kaggle.Tests.Core.Data;

public class TableFeaturesTests
{
    const int Rows = 120;

    static Table Table(int first) => new(
    [
        Whole("row_id", i => first + i), Whole("same", _ => 7), Number("size", i => i * 0.37 % 1), Number("copy", i => i * 0.37 % 1), Whole("serial", i => 5000 + first + i),
        new DateValues("sold", Enumerable.Range(0, Rows).Select(i => new DateTime(2024, 1, 1).AddHours(first + 30 * i).Ticks).ToArray()),
        new DateValues("built", Enumerable.Range(0, Rows).Select(i => i == 0 ? DateColumn.Missing : new DateTime(2020, 1, 1).AddDays(i).Ticks).ToArray()),
        new TextValues("note", Enumerable.Range(0, Rows).Select(i => i == 1 ? null : $"row {first + i}").ToArray()),
        new CategoryValues("town", Enumerable.Range(0, Rows).Select(i => i % 5 == 0 ? 0 : i % 12).ToArray(), [.. Enumerable.Range(0, 12).Select(i => $"T{i:D2}")]),
    ]);

    static readonly Table Train = Table(0), Test = Table(Rows);

    static readonly TableFeatures Features = TableFeatures.Of(Train, Test, ["row_id"]);

    static NumberValues Whole(string name, Func<int, double> of) => new(name, ValueKind.Integer, Enumerable.Range(0, Rows).Select(of).ToArray());

    static NumberValues Number(string name, Func<int, double> of) => new(name, ValueKind.Number, Enumerable.Range(0, Rows).Select(of).ToArray());

    [Fact]
    public void Columns_that_teach_nothing_are_left_out_with_a_reason()
    {
        Assert.Equal(["same", "copy", "serial"], Features.Drop);
        Assert.Contains(Features.Notes, n => n.Contains("copy (as size)"));
    }

    [Fact]
    public void Texts_are_named_kept_and_measured()
    {
        var frame = Features.Describe(Train.ToDataFrame());

        Assert.Equal(["note"], Features.Texts);
        Assert.Equal(["row 0", null, "row 2"], frame.Texts("note")[..3]);
        Assert.Equal([5, double.NaN, 5], frame.Numbers("note_length")[..3]);
        Assert.Equal([1, double.NaN, 1], frame.Numbers("note_digits")[..3]);
        Assert.Equal(2, frame.Numbers("note_digits")[10]);
    }

    [Fact]
    public void Dates_come_apart_and_are_compared()
    {
        var frame = Features.Describe(Train.ToDataFrame());

        Assert.Equal([0, 6, 12, 18], frame.Numbers("sold_hour")[..4]);
        Assert.Equal([0, 1, 2, 3], frame.Numbers("sold_weekday")[..4]);              // 2024 began on a Monday; 30 hours on
        Assert.Equal(-(1461 + 1.25 - 1), frame.Numbers("built_days_after_sold")[1]);
        Assert.DoesNotContain(frame.Columns, c => c.Name == "built_hour");
    }

    [Fact]
    public void Wide_categories_are_counted_over_all_rows()
    {
        var counts = Features.Describe(Train.Stack(Test).ToDataFrame()).Numbers("town_count");

        Assert.Equal(2 * Enumerable.Range(0, Rows).Count(i => i % 5 == 0 || i % 12 == 0), counts[0]);
        Assert.Equal(2 * Enumerable.Range(0, Rows).Count(i => i % 5 != 0 && i % 12 == 1), counts[1]);
    }

    [Fact]
    public void An_id_that_is_a_date_is_learned_from_as_a_date()
    {
        var features = TableFeatures.Of(Train, Test, ["sold"], id: "sold");
        var frame = features.Describe(Train.ToDataFrame());

        Assert.Equal("sold", features.Moment);
        Assert.Equal([0, 6, 12, 18], frame.Numbers("sold_hour")[..4]);
        Assert.Equal([0, 1.25, 2.5], frame.Numbers("sold_days")[..3]);
    }
}
