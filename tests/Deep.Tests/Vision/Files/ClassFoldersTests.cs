using Kaggle.Core.Data;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>Folders of classes, however their parts are called and wrapped.</summary>
public sealed class ClassFoldersTests : IDisposable
{
    static readonly byte[] Red = LaidOut.Red, Blue = LaidOut.Blue;

    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    LaidOutTables Read() => LaidOut.Read(folder);

    string Refused() => LaidOut.Refused(folder);

    PictureFolder With(params ReadOnlySpan<string> pictures)
    {
        foreach (var name in pictures) folder.With(name, Red);
        return folder;
    }

    [Theory]
    [InlineData("seg_train", "seg_test")]
    [InlineData("training_set", "test_set")]
    [InlineData("Training", "Testing")]
    [InlineData("TrainImages", "ValidImages")]
    [InlineData("train2017", "val2017")]
    [InlineData("train", "validation_data")]
    [InlineData("seg_train/seg_train", "seg_test/seg_test")]
    [InlineData("hymenoptera_data/train", "hymenoptera_data/val")]
    [InlineData("archive/data/train", "archive/data/test")]
    [InlineData("train/images", "test/images")]
    public void The_parts_are_known_by_a_word_wherever_they_lie(string train, string test)
    {
        With($"{train}/cat/1.png", $"{train}/dog/2.png", $"{test}/cat/3.png", $"{test}/dog/4.png");

        var tables = Read();

        Assert.Equal(["cat", "dog"], LaidOut.Column(tables.Train, "label").Order());
        Assert.Equal(["cat/3.png", "dog/4.png"], LaidOut.Column(tables.Test, "id"));
        Assert.Equal(["cat", "dog"], LaidOut.Column(tables.Solution!, "label"));
        Assert.Empty(tables.Warnings);
    }

    [Fact]
    public void A_zip_that_holds_all_is_no_class()
    {
        With("set/train/cat/1.png", "set/train/dog/2.png", "set/test/3.png").Zipped("dataset.zip");

        var tables = Read();

        Assert.Equal(["cat", "dog"], LaidOut.Column(tables.Train, "label").Order());
        Assert.Equal(["3.png"], LaidOut.Column(tables.Test, "id"));
    }

    [Fact]
    public void A_folder_around_the_classes_is_no_class()
    {
        With("photos/cat/1.png", "photos/dog/2.png");

        Assert.Equal(["cat", "dog"], LaidOut.Column(Read().Train, "label").Order());
    }

    [Theory]
    [InlineData("test/images/3.png")]
    [InlineData("test/test/3.png")]
    [InlineData("test/unknown/3.png")]
    public void A_folder_of_test_pictures_that_is_no_class_is_no_answer(string test)
    {
        With("train/cat/1.png", "train/dog/2.png", test);

        Assert.Null(Read().Solution);
    }

    [Fact]
    public void Pictures_to_predict_are_left_out_with_a_word_where_a_test_has_answers()
    {
        With("seg_train/seg_train/cat/1.png", "seg_train/seg_train/dog/2.png", "seg_test/seg_test/cat/3.png", "seg_pred/seg_pred/5.png");

        var tables = Read();

        Assert.Equal(["cat/3.png"], LaidOut.Column(tables.Test, "id"));
        Assert.Contains("1 pictures are neither learned from nor predicted", Assert.Single(tables.Warnings).Sentence);
        Assert.Contains("seg_pred/seg_pred", tables.Warnings[0].Sentence);
    }

    [Fact]
    public void Without_a_test_the_pictures_to_predict_are_it()
    {
        With("train/cat/1.png", "train/dog/2.png", "val/cat/3.png", "pred/5.png");

        var tables = Read();

        Assert.Equal(["5.png"], LaidOut.Column(tables.Test, "id"));
        Assert.Equal(3, tables.Train.Rows);
    }

    [Fact]
    public void A_class_may_be_called_train()
    {
        With("bus/1.png", "car/2.png", "train/3.png");

        Assert.Equal(["bus", "car", "train"], LaidOut.Column(Read().Train, "label").Order());
    }

    [Theory]
    [InlineData("cats/persian/1.png", "dogs/poodle/2.png", "cats/persian, dogs/poodle")]
    [InlineData("images/1.png", "images/2.png", "images")]
    [InlineData("images/1.png", "masks/1.png", "images, masks")]
    public void Folders_that_show_no_classes_are_refused_with_what_was_seen(string one, string other, string seen)
    {
        With(one, other);

        Assert.Contains($"has pictures in {seen}, and which folders are the classes does not show", Refused());
    }

    [Theory]
    [InlineData("cat/1.png")]
    [InlineData("train/cat/1.png")]
    public void A_zip_beside_what_was_unpacked_from_it_doubles_nothing(string inZip)
    {
        using var other = new PictureFolder();
        other.With(inZip, Blue).With(inZip.Replace("1.png", "2.png"), Blue).With(inZip.Replace("cat", "dog"), Blue).Zipped("train.zip");
        With("train/cat/1.png", "train/dog/1.png").With("train.zip", File.ReadAllBytes(other["train.zip"]));

        var tables = Read();

        Assert.Equal(["train.zip/" + inZip.Replace("1.png", "2.png"), "train/cat/1.png", "train/dog/1.png"], LaidOut.Column(tables.Train, "image").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_rows_are_called_as_the_sample_calls_them()
    {
        With("train/cat/1.png", "train/dog/2.png", "test/9.png").With("sample_submission.csv", "image_name,label\n9.png,cat\n");

        Assert.Equal(("image_name", "9.png"), (Read().Id, Read().Test["image_name"].TextAt(0)));
    }

    [Fact]
    public void Other_names_of_jpeg_count_and_other_formats_are_told()
    {
        With("train/cat/1.jfif", "train/dog/2.jpe", "train/dog/3.tif", "train/dog/4.HEIC", "train/dog/5.tif", "test/1.png");

        var tables = Read();

        Assert.Equal(2, tables.Train.Rows);
        Assert.Contains("3 pictures are of formats that are not read (.tif: 2, .heic: 1; the first is train/dog/3.tif)", Assert.Single(tables.Warnings).Sentence);
    }

    [Fact]
    public void A_folder_of_nothing_but_other_formats_is_refused()
    {
        With("train/cat/1.tif", "train/dog/2.tif");

        Assert.Contains("(.tif: 2; the first is train/cat/1.tif)", Refused());
    }
}
