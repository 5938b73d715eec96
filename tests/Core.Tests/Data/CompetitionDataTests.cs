using Kaggle.Core.Data;
using Microsoft.Data.Analysis;

namespace Kaggle.Tests.Core.Data;

public sealed class CompetitionDataTests : IDisposable
{
    const string Train = "Id,Age,Port,Survived\n1,20,S,0\n2,30,C,1\n3,,S,0\n4,50,Q,1\n";
    const string Test = "Id,Age,Port\n05,21,S\n06,22,X\n";
    const string Sample = "Id,Survived\n05,0\n06,0\n";

    readonly Files files = new();

    public void Dispose() => files.Dispose();

    CompetitionFiles Found(string train = Train, string test = Test, string? sample = Sample)
    {
        files.Write("train.csv", train);
        files.Write("test.csv", test);
        if (sample is not null) files.Write("sample_submission.csv", sample);
        return CompetitionFiles.Find("Titanic", new() { Data = files.Folder });
    }

    CompetitionData Data(string train = Train, string test = Test, string? sample = Sample, Target? target = null, Func<DataFrame, DataFrame>? features = null, ColumnOptions? options = null) =>
        CompetitionData.Read(Found(train, test, sample), target ?? Target.Binary("Survived"), null, features, options);

    [Fact]
    public void Answers_leave_the_columns_and_ids_keep_their_letters()
    {
        var data = Data();

        Assert.Equal(["Age", "Port"], data.Train.Columns.Select(c => c.Name));
        Assert.Equal([0f, 1, 0, 1], data.Train.Answers.Truth.Values.ToArray());
        Assert.Equal(["0", "1"], data.Train.Answers.Classes);
        Assert.Equal(["05", "06"], data.TestIds);
        Assert.Null(data.Test.Target);
    }

    [Fact]
    public void Test_levels_that_train_lacks_are_levels_of_both()
    {
        var data = Data();

        Assert.Equal(["C", "Q", "S", "X"], ((CategoryColumn)data.Train["Port"]).Levels);
        Assert.Equal([2, 3], data.Test.Codes("Port").ToArray());
    }

    [Fact]
    public void Features_see_both_files_and_no_target()
    {
        string[] seen = [];

        var data = Data(features: frame =>
        {
            seen = [.. frame.Columns.Select(c => c.Name)];
            return frame.With("Twice", Array.ConvertAll(frame.Numbers("Age"), a => a * 2)).With("Who", frame.Texts("Port"));
        });

        Assert.Equal(["Id", "Age", "Port"], seen);
        Assert.Equal(["Age", "Port", "Twice", "Who"], data.Train.Columns.Select(c => c.Name));
        Assert.Equal([42f, 44], data.Test.Number("Twice").ToArray());
        Assert.Equal([40f, 60, float.NaN, 100], data.Train.Number("Twice").ToArray());
    }

    [Fact]
    public void A_stated_kind_holds_for_the_features_too() =>
        Assert.IsType<CategoryColumn>(Data(options: new() { Kinds = new ColumnOptions().Kinds.Add("Age", ColumnKind.Category) }, features: f => f).Train["Age"]);

    [Fact]
    public void A_stated_picture_is_an_image_column() =>
        Assert.Equal("S", Assert.IsType<ImageColumn>(Data(options: new() { Kinds = new ColumnOptions().Kinds.Add("Port", ColumnKind.Image) }).Train["Port"]).Sources.Span[0]);

    [Fact]
    public void The_positive_class_can_be_named() =>
        Assert.Equal([1f, 0, 1, 0], Data(target: Target.Binary("Survived", positive: "0")).Train.Answers.Truth.Values.ToArray());

    [Theory]
    [InlineData("Survived,survive", "no target column 'Survived'. Did you mean 'survive'?")]
    [InlineData("Age,Years", "train.csv lacks the column 'Age' of test.csv")]
    [InlineData("Age,Years", "test.csv lacks the column 'Years' of train.csv")]
    [InlineData("S\\,0,S\\,1", "is '1' in all 4 rows")]
    [InlineData("S\\,0,S\\,", "train.csv, line 2: the target 'Survived' is missing, as in 1 rows more")]
    [InlineData("S\\,0,S\\,2", null)]
    [InlineData("Q\\,1,Q\\,2", "has 3 different values (0, 1, 2), not two")]
    public void A_bad_training_file_is_told(string change, string? says)
    {
        var (from, to) = change.Replace("\\,", "\0").Split(',') is var parts ? (parts[0].Replace('\0', ','), parts[1].Replace('\0', ',')) : default;

        if (says is null) Assert.NotNull(Data(Train.Replace(from, to)));
        else Assert.Contains(says, Files.Refused(() => Data(Train.Replace(from, to))));
    }

    [Fact]
    public void An_id_that_test_repeats_is_told_with_both_lines() =>
        Assert.Contains("test.csv, line 4: the id 05 stands already on line 2", Files.Refused(() => Data(test: Test + "05,1,S\n")));

    [Fact]
    public void An_unknown_id_column_is_told_with_the_nearest() =>
        Assert.Contains("no id column 'Ident'", Files.Refused(() => CompetitionData.Read(Found(), Target.Binary("Survived"), "Ident")));

    [Fact]
    public void A_sample_of_other_rows_is_told() =>
        Assert.Contains("1 ids stand only in test.csv (the first 06) and 1 only in sample_submission.csv (the first 99)", Files.Refused(() => Data(sample: "Id,Survived\n05,0\n99,0\n")));

    [Fact]
    public void Several_mistakes_are_told_at_once()
    {
        var said = Files.Refused(() => Data(test: Test + "05,1,S\n", train: Train.Replace("S,0", "S,")));

        Assert.Contains("2 problems", said);
        Assert.Contains("is missing", said);
        Assert.Contains("stands already", said);
    }

    [Fact]
    public void One_row_to_a_class_is_no_class() =>
        Assert.Contains("is it an id, or a number", Files.Refused(() => Data("Id,Age,Port,Survived\n1,2,S,a\n2,3,S,b\n3,3,S,c\n", target: Target.Classes("Survived"))));

    [Fact]
    public void A_logarithm_of_zero_is_refused_with_a_way_out()
    {
        var said = Files.Refused(() => Data(target: Target.Number("Survived", Scale.Log)));

        Assert.Contains("line 2: the target 'Survived' is 0, and Scale.Log takes no such value (2 of 4 rows)", said);
        Assert.Contains("LogOfOnePlus", said);
    }

    [Fact]
    public void Text_in_a_number_target_is_told_with_its_line() =>
        Assert.Contains("train.csv, line 3, column 'Survived': 'yes' is not a number", Files.Refused(() => Data(Train.Replace("C,1", "C,yes"), target: Target.Number("Survived"))));

    [Fact]
    public void Features_that_lose_rows_are_refused() =>
        Assert.Contains("The features have 5 rows, the files 6", Files.Refused(() => Data(features: f => f.Head(5))));

    [Fact]
    public void Group_time_and_weight_stand_apart_from_features()
    {
        var data = Data(
            "Id,G,T,W,x,y\n1,a,2012-01-01,1,1,0\n2,b,2012-01-02,2,2,1\n3,a,2012-01-03,0.5,3,0\n4,b,2012-01-04,1,4,1\n",
            "Id,G,T,x\n9,a,2012-02-01,1\n", "Id,y\n9,0\n", Target.Binary("y"), options: new() { Group = "G", Time = "T", Weight = "W" });

        Assert.Equal(["T", "x"], data.Train.Columns.Select(c => c.Name));
        Assert.Equal([0, 1, 0, 1], data.Train.Groups!.Value.ToArray());
        Assert.Equal([0], data.Test.Groups!.Value.ToArray());
        Assert.Equal([1f, 2, 0.5f, 1], data.Train.Weights!.Value.ToArray());
        Assert.Equal(new DateTime(2012, 1, 3).Ticks, data.Train.Time!.Value.Span[2]);
    }

    [Theory]
    [InlineData("titanic", "Survived", 891, 418)]
    [InlineData("disaster-tweets", "target", 0, 0)]
    [InlineData("house-prices", "SalePrice", 1460, 1459)]
    [InlineData("santander-satisfaction", "TARGET", 57015, 19005)]
    public void Real_files_are_read_whole(string folder, string target, int trainRows, int testRows)
    {
        var found = CompetitionFiles.Find(folder, new() { Data = Files.Real(folder) });

        var data = CompetitionData.Read(found, folder == "house-prices" ? Target.Number(target, Scale.Log) : Target.Binary(target), features: f => f);

        Assert.NotNull(data.SampleSubmission);
        Assert.Equal(data.SampleSubmission.Ids, data.TestIds);
        if (trainRows > 0) Assert.Equal((trainRows, testRows), (data.Train.Rows, data.Test.Rows));
        if (folder != "titanic") return;
        Assert.Equal(["Pclass", "Name", "Sex", "Age", "SibSp", "Parch", "Ticket", "Fare", "Cabin", "Embarked"], data.Train.Columns.Select(c => c.Name));
        Assert.Equal(342, data.Train.Answers.Truth.Values.ToArray().Sum());
        Assert.Equal(["C", "Q", "S"], ((CategoryColumn)data.Train["Embarked"]).Levels);
    }
}
