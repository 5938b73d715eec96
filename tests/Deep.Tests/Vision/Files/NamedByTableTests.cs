using Kaggle.Core.Data;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>Tables that name pictures, as the tables of competitions do.</summary>
public sealed class NamedByTableTests : IDisposable
{
    static readonly byte[] Red = LaidOut.Red, Blue = LaidOut.Blue;

    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    LaidOutTables Read() => LaidOut.Read(folder);

    string Refused() => LaidOut.Refused(folder);

    static string?[] Pictures(LaidOutTables tables, Table table) => LaidOut.Column(table, tables.Kinds.Single(k => k.Value == ColumnKind.Image).Key);

    [Fact]
    public void The_naming_column_may_be_called_image()
    {
        folder.With("images/a.png", Red).With("images/b.png", Blue).With("images/c.png", Red);
        folder.With("train.csv", "image,label\na.png,cat\nb.png,dog\n").With("test.csv", "image\nc.png\n");

        var tables = Read();

        Assert.Equal(["a.png", "b.png"], LaidOut.Column(tables.Train, "image"));
        Assert.Equal(["images/a.png", "images/b.png"], Pictures(tables, tables.Train));
        Assert.Equal(["images/c.png"], Pictures(tables, tables.Test));
        Assert.Equal("image", tables.Id);
    }

    [Fact]
    public void Answers_that_happen_to_be_names_do_not_name_the_pictures()
    {
        folder.With("images/0.png", Red).With("images/1.png", Blue).With("images/2.png", Red).With("train.csv", "label,file\n0,0\n1,1\n1,2\n");

        Assert.Equal("file", Read().Id);
    }

    [Fact]
    public void Zeros_before_a_number_belong_to_its_name()
    {
        folder.With("images/0001.jpg", Red).With("images/0002.jpg", Blue).With("images/0010.jpg", Red);
        folder.With("train.csv", "id,label\n0001,cat\n0002,dog\n").With("sample_submission.csv", "id,label\n0010,cat\n");

        var tables = Read();

        Assert.Equal(["images/0001.jpg", "images/0002.jpg"], Pictures(tables, tables.Train));
        Assert.Equal(["0010"], LaidOut.Column(tables.Test, "id"));
        Assert.Equal(["images/0010.jpg"], Pictures(tables, tables.Test));
    }

    [Fact]
    public void Zeros_before_a_number_stay_in_the_ids_of_a_sample_for_folders_of_classes()
    {
        folder.With("train/cat/1.png", Red).With("train/dog/1.png", Blue).With("test/0009.png", Red).With("sample_submission.csv", "id,label\n0009,cat\n");

        Assert.Equal(["0009"], LaidOut.Column(Read().Test, "id"));
    }

    [Theory]
    [InlineData("a.jpg", "b.jpg")]
    [InlineData("A.png", "B.png")]
    [InlineData("IMAGES/a.bmp", "images/B.tif")]
    public void Case_and_extension_may_differ_where_nothing_fits_to_the_letter(string a, string b)
    {
        folder.With("images/a.JPG", Red).With("images/b.JPG", Blue).With("images/c.JPG", Red).With("train.csv", $"file,label\n{a},cat\n{b},dog\n");

        var tables = Read();

        Assert.Equal(["images/a.JPG", "images/b.JPG"], Pictures(tables, tables.Train));
    }

    [Fact]
    public void What_fits_to_the_letter_comes_before_what_fits_but_for_its_case()
    {
        folder.With("images/A.png", Red).With("images/a.png", Blue).With("images/a.jpg", Red).With("train.csv", "file,label\na.png,cat\nA.png,dog\na.jpg,cat\n");

        var tables = Read();

        Assert.Equal(["images/a.png", "images/A.png", "images/a.jpg"], Pictures(tables, tables.Train));
    }

    [Fact]
    public void A_table_that_names_no_picture_is_refused_with_what_it_says()
    {
        folder.With("images/a.png", Red).With("images/b.png", Blue).With("train.csv", "number,label\n17,cat\n18,dog\n");

        Assert.Contains("train.csv names none of the 2 pictures", Refused());
        Assert.Contains("the first is images/a.png", Refused());
        Assert.Contains("number = '17', label = 'cat'", Refused());
    }

    [Fact]
    public void A_table_of_other_things_beside_folders_of_classes_is_no_hindrance()
    {
        folder.With("train/cat/1.png", Red).With("train/dog/2.png", Blue).With("train.csv", "size,colour\n17,red\n18,blue\n");

        Assert.Equal(["cat", "dog"], LaidOut.Column(Read().Train, "label").Order());
    }

    [Theory]
    [InlineData("filename", "a.png", "b.png", "c.png")]
    [InlineData("image_id", "a", "b", "c")]
    [InlineData("path", "images/a.png", "images/b.png", "images/c.png")]
    public void Pictures_that_train_does_not_name_are_the_tests_and_called_as_train_calls_its_own(string column, string a, string b, string c)
    {
        folder.With("images/a.png", Red).With("images/b.png", Blue).With("images/c.png", Red).With("train.csv", $"{column},label\n{a},cat\n{b},dog\n");

        var tables = Read();

        Assert.Equal((string?[])[c], LaidOut.Column(tables.Test, column));
        Assert.Equal(column, tables.Id);
    }

    [Fact]
    public void Where_there_is_a_folder_of_test_only_its_pictures_are_the_tests()
    {
        folder.With("train/a.png", Red).With("train/b.png", Blue).With("train/extra.png", Blue).With("test/c.png", Red).With("labels.csv", "id,breed\na,cat\nb,dog\n");

        Assert.Equal(["c"], LaidOut.Column(Read().Test, "id"));
    }

    [Fact]
    public void The_rows_are_called_as_the_sample_calls_them()
    {
        folder.With("images/a.png", Red).With("images/b.png", Blue).With("images/c.png", Red);
        folder.With("train.csv", "filename,label\na,cat\nb,dog\n").With("test.csv", "filename\nc\n").With("sample_submission.csv", "id,label\nc,cat\n");

        var tables = Read();

        Assert.Equal("id", tables.Id);
        Assert.Equal(["c"], LaidOut.Column(tables.Test, "id"));
        Assert.Equal(["a", "b"], LaidOut.Column(tables.Train, "id"));
    }

    [Fact]
    public void An_id_beside_the_pictures_name_stays_the_id()
    {
        folder.With("images/a.png", Red).With("images/b.png", Blue).With("images/c.png", Red);
        folder.With("train.csv", "filename,id,label\na,1,cat\nb,2,dog\n").With("test.csv", "filename,id\nc,3\n");

        Assert.Equal("id", Read().Id);
    }

    [Fact]
    public void A_picture_that_several_test_rows_name_names_none_of_them()
    {
        folder.With("images/a.png", Red).With("images/b.png", Blue).With("images/c.png", Red);
        folder.With("train.csv", "filename,box,label\na,1,cat\nb,2,dog\n").With("test.csv", "filename,box\nc,3\nc,4\n");

        Assert.Null(Read().Id);
    }

    [Theory]
    [InlineData("test_images/2.png")]
    [InlineData("readme.md")]
    public void A_test_picture_that_is_lost_is_named_and_never_taken_from_train(string other)
    {
        folder.With("train_images/1.png", Red).With("train_images/2.png", Blue).With(other, Blue).With("train.csv", "id,label\n1,cat\n2,dog\n").With("test.csv", "id\n1\n");

        Assert.Contains("1 is not there", Refused());
    }

    [Fact]
    public void One_folder_called_train_may_hold_the_tests_pictures_too()
    {
        folder.With("train/1.png", Red).With("train/2.png", Blue).With("train/3.png", Blue).With("train.csv", "id,label\n1,cat\n2,dog\n").With("test.csv", "id\n3\n");

        var tables = Read();

        Assert.Equal(["train/3.png"], Pictures(tables, tables.Test));
    }

    [Theory]
    [InlineData("data/train.csv", "data/images/", null)]
    [InlineData("train.csv", "images/deep/", null)]
    [InlineData("data/train.csv", "data/images/", "all.zip")]
    public void What_wraps_table_and_pictures_does_not_matter(string table, string pictures, string? zip)
    {
        folder.With(pictures + "a.png", Red).With(pictures + "b.png", Blue).With(pictures + "c.png", Blue).With(table, "file,label\na,cat\nb,dog\n");
        if (zip is not null) folder.Zipped(zip);

        Assert.Equal(["c"], LaidOut.Column(Read().Test, "file"));
    }
}
