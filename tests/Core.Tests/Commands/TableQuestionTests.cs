using Kaggle.Core.Commands;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Commands;

/// <summary>What a folder's files ask, and how its rows are divided.</summary>
public class TableQuestionTests
{
    const int Rows = 200;

    static TableColumn Numbers(string name, Func<int, double> of, ValueKind kind = ValueKind.Integer, int rows = Rows) =>
        new NumberValues(name, kind, Enumerable.Range(0, rows).Select(of).ToArray());

    static TableColumn Words(string name, Func<int, string> of, int rows = Rows)
    {
        string[] texts = [.. Enumerable.Range(0, rows).Select(of)];
        string[] levels = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        return new CategoryValues(name, Array.ConvertAll(texts, t => Array.IndexOf(levels, t)), [.. levels]);
    }

    static TableColumn Dates(string name, Func<int, DateTime> of, int rows = Rows) =>
        new DateValues(name, Enumerable.Range(0, rows).Select(i => of(i).Ticks).ToArray());

    static Table Train(params TableColumn[] more) => new([Numbers("id", i => i), Numbers("size", i => i * 0.37 % 1, ValueKind.Number), .. more], "train.csv");

    static Table Test(params TableColumn[] more) => new([Numbers("id", i => 1000 + i), Numbers("size", i => i * 0.71 % 1, ValueKind.Number), .. more], "test.csv");

    static Table Sample(params TableColumn[] more) => new([Numbers("id", i => 1000 + i), .. more], "sample_submission.csv");

    static TableQuestion Asked(Table train, Table sample, string? metric = null, params string[] drop) =>
        TableQuestion.Of(train, Test(), sample, new() { Metric = metric, Drop = [.. drop] });

    [Fact]
    public void Words_of_two_kinds_and_chances_in_the_sample_are_binary_by_auc()
    {
        var question = Asked(Train(Words("income", i => i % 3 == 0 ? ">50K" : "<=50K")), Sample(Numbers("income", _ => 0.5, ValueKind.Number)));

        Assert.Equal(("income", "auc", "id"), (Assert.IsType<BinaryTarget>(question.Target).Column, question.Metric.Name, question.Id));
    }

    [Fact]
    public void Both_labels_in_the_sample_ask_for_accuracy() =>
        Assert.Equal("accuracy", Asked(Train(Numbers("alive", i => i % 2)), Sample(Numbers("alive", i => i / 7 % 2))).Metric.Name);

    [Fact]
    public void Few_whole_numbers_are_classes_unless_the_metric_is_of_numbers()
    {
        var train = Train(Numbers("cover", i => 1 + i % 7));
        var sample = Sample(Numbers("cover", _ => 1));

        Assert.IsType<ClassTarget>(Asked(train, sample).Target);
        Assert.IsType<ClassTarget>(Asked(train, sample, "log-loss").Target);
        Assert.IsType<NumberTarget>(Asked(train, sample, "rmse").Target);
        Assert.IsType<OrdinalTarget>(Asked(train, sample, "qwk").Target);
    }

    [Fact]
    public void Many_values_are_a_number_on_the_scale_that_the_metric_sees()
    {
        var train = Train(Numbers("price", i => 100 + i * i));
        var sample = Sample(Numbers("price", _ => 0));

        Assert.Equal(Target.Number("price").ToString(), Asked(train, sample).Target.ToString());
        Assert.Equal(Scale.LogOfOnePlus, ((NumberTarget)Asked(train, sample, "rmsle").Target).LearnedAs);
    }

    [Fact]
    public void One_sample_column_for_each_class_asks_for_chances()
    {
        var question = Asked(Train(Words("outcome", i => new[] { "home", "away", "draw" }[i % 3])), Sample(Numbers("away", _ => 0), Numbers("draw", _ => 0), Numbers("home", _ => 1)));

        Assert.Equal(("outcome", "log-loss"), (Assert.IsType<ClassTarget>(question.Target).Column, question.Metric.Name));
    }

    [Fact]
    public void A_column_for_each_of_two_classes_asks_for_both_chances() =>
        Assert.IsType<ClassTarget>(Asked(Train(Words("pet", i => i % 3 == 0 ? "cat" : "dog")), Sample(Numbers("cat", _ => 0.5), Numbers("dog", _ => 0.5))).Target);

    [Theory]
    [InlineData(2, "accuracy", typeof(BinaryTarget))]
    [InlineData(100, "accuracy", typeof(ClassTarget))]
    [InlineData(150, "rmse", typeof(NumberTarget))]
    public void Whole_numbers_that_repeat_are_kinds_of_pictures_and_the_label_is_asked_for(int values, string metric, Type target)
    {
        var question = TableQuestion.Of(Train(Numbers("breed", i => i % values)), Test(), null, new() { Kinds = true });

        Assert.Equal((metric, target), (question.Metric.Name, question.Target.GetType()));
        Assert.Equal(values <= 100, question.Notes.Any(n => n.Contains("--metric rmse")));
        Assert.IsType<NumberTarget>(TableQuestion.Of(Train(Numbers("breed", i => i % values)), Test(), null, new() { Kinds = true, Metric = "mae" }).Target);
    }

    [Fact]
    public void Several_columns_of_0_and_1_are_labels() =>
        Assert.IsType<LabelsTarget>(Asked(Train(Numbers("toxic", i => i % 2), Numbers("rude", i => i % 3 / 2)), Sample(Numbers("toxic", _ => 0.5), Numbers("rude", _ => 0.5))).Target);

    [Fact]
    public void Columns_of_the_training_file_alone_are_left_out_and_named()
    {
        var question = Asked(Train(Numbers("casual", i => i), Numbers("count", i => 2 * i)), Sample(Numbers("count", _ => 0)));

        Assert.Equal(["casual"], question.Drop);
        Assert.Contains(question.Notes, n => n.Contains("casual"));
    }

    [Fact]
    public void A_question_that_does_not_show_is_a_sentence()
    {
        var error = Assert.Throws<InputException>(() => TableQuestion.Of(Train(Numbers("a", i => i), Numbers("b", i => i)), Test(), null, new()));

        Assert.Contains("--target", error.Message);
    }

    [Fact]
    public void What_the_user_says_counts()
    {
        var question = TableQuestion.Of(Train(Numbers("a", i => i % 3), Numbers("b", i => i)), Test(), null, new() { Targets = ["a"], Task = TaskKind.Regression, Metric = "mae", Drop = ["b"] });

        Assert.Equal(("mae", TaskKind.Regression), (question.Metric.Name, question.Target.Task));
        Assert.Empty(question.Drop);
    }

    static TableFolds Divided(TableColumn inTrain, TableColumn inTest)
    {
        var (train, test) = (Train(inTrain, Numbers("y", i => i)), Test(inTest));
        return TableFolds.Of(train, test, TableQuestion.Of(train, test, null, new()), []);
    }

    [Fact]
    public void Test_rows_that_all_come_later_make_folds_of_time()
    {
        var folds = Divided(Dates("day", i => new DateTime(2024, 1, 1).AddDays(i)), Dates("day", i => new DateTime(2025, 1, 1).AddDays(i)));

        Assert.Equal(("day", Folds.TimeSeries()), (folds.Time, folds.Folds));
    }

    [Fact]
    public void A_short_time_ahead_makes_folds_that_look_as_far_ahead()
    {
        var folds = Divided(Dates("day", i => new DateTime(2024, 1, 1).AddDays(i)), Dates("day", i => new DateTime(2024, 1, 1).AddDays(Rows + i / 10)));

        Assert.Equal(Folds.Ahead(TimeSpan.FromDays(Rows / 10), 3), folds.Folds);
        Assert.False(folds.Between);
    }

    [Fact]
    public void Test_rows_that_fill_the_end_of_each_month_make_folds_of_stretches()
    {
        static DateTime Day(int i, int first, int days) => new DateTime(2023, 1, 1).AddMonths(i / days).AddDays(first + i % days);
        var folds = Divided(Dates("day", i => Day(i, 0, 20)), Dates("day", i => Day(i % 70, 20, 7)));

        Assert.Equal(("day", true, Folds.Stretches(TimeSpan.FromDays(7))), (folds.Time, folds.Between, folds.Folds));
    }

    [Fact]
    public void Moments_that_both_files_have_make_ordinary_folds() =>
        Assert.Null(Divided(Dates("day", i => new DateTime(2024, 1, 1).AddDays(i / 2)), Dates("day", i => new DateTime(2024, 1, 1).AddDays(i * 37 % 100))).Time);

    [Fact]
    public void Test_rows_between_training_rows_make_ordinary_folds() =>
        Assert.Null(Divided(Dates("day", i => new DateTime(2024, 1, 1).AddDays(2 * i)), Dates("day", i => new DateTime(2024, 1, 2).AddDays(2 * i))).Time);

    [Fact]
    public void Test_rows_of_other_things_make_folds_of_groups()
    {
        Assert.Equal("patient", Divided(Words("patient", i => $"P{i / 5 * 2:D3}"), Words("patient", i => $"P{i / 5 * 2 + 1:D3}")).Group);
        Assert.Equal("patient", Divided(Numbers("patient", i => i / 5 * 2), Numbers("patient", i => i / 5 * 2 + 1)).Group);
    }

    [Fact]
    public void Test_rows_of_the_same_things_do_not() =>
        Assert.Null(Divided(Words("shop", i => $"S{i % 20}"), Words("shop", i => $"S{i % 20}")).Group);

    [Fact]
    public void Whole_numbers_that_go_on_in_test_are_no_groups() =>
        Assert.Null(Divided(Numbers("week", i => i / 5), Numbers("week", i => 40 + i / 5)).Group);
}
