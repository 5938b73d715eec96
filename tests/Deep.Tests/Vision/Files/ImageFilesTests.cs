using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>Pictures that are files: folders of classes, tables that name them, labels in their names.</summary>
public sealed class ImageFilesTests : IDisposable
{
    static readonly byte[] Red = LaidOut.Red, Blue = LaidOut.Blue;

    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Dictionary<string, string?> Labels(LaidOutTables tables) => LaidOut.Column(tables.Train, "image").Zip(LaidOut.Column(tables.Train, "label")).ToDictionary(p => p.First!, p => p.Second);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pictures_folder_is_its_label(bool zipped)
    {
        folder.With("train/cat/1.png", Red).With("train/dog/1.png", Blue).With("train/dog/deeper/2.png", Blue).With("test/9.png", Red);
        folder.With("train/dog/.hidden.png", Blue).With("__MACOSX/train/cat/1.png", Red).With("notes.md", "");
        if (zipped) folder.Zipped("all.zip");

        var tables = new ImageFiles().Read(zipped ? folder["all.zip"] : folder.Path)!;

        Assert.Equal(new Dictionary<string, string?> { ["train/cat/1.png"] = "cat", ["train/dog/1.png"] = "dog", ["train/dog/deeper/2.png"] = "dog" }, Labels(tables));
        Assert.Equal(["9.png"], LaidOut.Column(tables.Test, "id"));
        Assert.Null(tables.Solution);
    }

    [Fact]
    public void Links_are_followed_but_not_in_circles()
    {
        using var elsewhere = new PictureFolder();
        elsewhere.With("dog/2.png", Blue);
        folder.With("train/cat/1.png", Red).With("test/9.png", Red);
        Directory.CreateSymbolicLink(folder["train/dog"], elsewhere["dog"]);
        Directory.CreateSymbolicLink(folder["train/cat/again"], folder["train"]);
        Directory.CreateSymbolicLink(elsewhere["dog/up"], elsewhere.Path);

        using var tree = new FileTree(folder.Path);

        Assert.Equal(["test/9.png", "train/cat/1.png", "train/dog/2.png"], tree.Names);
    }

    [Fact]
    public void Zips_in_the_folder_are_read_in_place()
    {
        folder.With("cat/1.png", Red).With("dog/1.png", Blue).Zipped("train.zip").With("test/x.png", Red);

        var tables = new ImageFiles().Read(folder.Path)!;

        Assert.Equal(["cat", "dog"], LaidOut.Column(tables.Train, "label").Order());
        Assert.Contains("train.zip/cat/1.png", LaidOut.Column(tables.Train, "image"));
        using var tree = new FileTree(folder.Path);
        Assert.Equal(Red, tree.Read("train.zip/cat/1.png"));
    }

    [Fact]
    public void Without_a_test_the_validation_part_is_predicted_and_its_labels_are_the_solution()
    {
        folder.With("train/cat/1.png", Red).With("train/dog/1.png", Blue).With("val/cat/7.png", Red).With("val/dog/8.png", Blue);

        var tables = new ImageFiles().Read(folder.Path)!;

        Assert.Equal(["cat/7.png", "dog/8.png"], LaidOut.Column(tables.Test, "id"));
        Assert.Equal(["cat", "dog"], LaidOut.Column(tables.Solution!, "label"));
    }

    [Fact]
    public void With_a_test_the_validation_part_is_learned_from()
    {
        folder.With("train/cat/1.png", Red).With("val/dog/8.png", Blue).With("test/9.png", Red);

        Assert.Equal(2, new ImageFiles().Read(folder.Path)!.Train.Rows);
    }

    [Theory]
    [InlineData("9.png")]
    [InlineData("9")]
    [InlineData("test/9.png", "not asked")]
    public void Test_ids_are_those_of_the_sample_submission(string id, string? refused = null)
    {
        folder.With("train/cat/1.png", Red).With("train/dog/1.png", Blue).With("test/9.png", Red).With("sample_submission.csv", $"id,label\n{id},cat\n");

        if (refused is null) Assert.Equal([id], LaidOut.Column(new ImageFiles().Read(folder.Path)!.Test, "id"));
        else Assert.Contains($"asks for '{id}'", Assert.Throws<InputException>(() => new ImageFiles().Read(folder.Path)).Message);
    }

    [Fact]
    public void A_picture_in_no_class_is_refused_by_name()
    {
        folder.With("train/cat/1.png", Red).With("train/loose.png", Red);

        Assert.Contains("train/loose.png lies in no class's folder", Assert.Throws<InputException>(() => new ImageFiles().Read(folder.Path)).Message);
    }

    [Theory]
    [InlineData("a.png", "b.png", "c.png")]
    [InlineData("a", "b", "c")]
    [InlineData("images/a.png", "images/b.png", "images/c.png")]
    public void A_table_may_name_pictures_in_several_ways(string a, string b, string c)
    {
        folder.With("images/a.png", Red).With("images/b.png", Blue).With("images/c.png", Red);
        folder.With("train.csv", $"id,label,weight\n{a},cat,1.5\n{b},dog,2\n").With("test.csv", $"id,weight\n{c},3\n");

        var tables = new ImageFiles().Read(folder.Path)!;

        Assert.Equal(["images/a.png", "images/b.png"], LaidOut.Column(tables.Train, "image"));
        Assert.Equal(["images/c.png"], LaidOut.Column(tables.Test, "image"));
        Assert.Equal(["1.5", "2"], LaidOut.Column(tables.Train, "weight"));
    }

    [Fact]
    public void Of_equal_names_the_one_in_the_fitting_folder_counts()
    {
        folder.With("train_images/1.png", Red).With("test_images/1.png", Blue).With("train.csv", "id,label\n1,cat\n").With("test.csv", "id\n1\n");

        var tables = new ImageFiles().Read(folder.Path)!;

        Assert.Equal(("train_images/1.png", "test_images/1.png"), (tables.Train["image"].TextAt(0), tables.Test["image"].TextAt(0)));
    }

    [Fact]
    public void A_pattern_finds_the_label_in_the_name()
    {
        folder.With("images/great_pyrenees_12.png", Red).With("images/Bombay_3.png", Blue).With("images/Bombay_4.png", Blue).With("test.txt", "# names\nBombay_4 1 1 1\n");

        var tables = new ImageFiles { LabelPattern = @"([^/]+)_\d+\.\w+$" }.Read(folder.Path)!;

        Assert.Equal(new Dictionary<string, string?> { ["images/great_pyrenees_12.png"] = "great_pyrenees", ["images/Bombay_3.png"] = "Bombay" }, Labels(tables));
        Assert.Equal("Bombay", tables.Solution!["label"].TextAt(0));
    }

    [Fact]
    public void A_folder_without_pictures_is_none_of_these() => Assert.Null(new ImageFiles().Read(folder.With("readme.md", "").Path));

    [Fact]
    public void A_changed_picture_changes_the_digest()
    {
        string Digest(byte[] dog) => new ImageFiles().Read(folder.With("train/cat/1.png", Red).With("train/dog/1.png", dog).With("test/1.png", Red).Path)!.Digest;

        Assert.Equal(Digest(Blue), Digest(Blue));
        Assert.NotEqual(Digest(Blue), Digest(Red));
    }
}
