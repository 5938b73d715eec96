using Kaggle.Core.Data;

namespace Kaggle.Tests.Core.Data;

public sealed class CompetitionFilesTests : IDisposable
{
    const string Train = "Id,x,y\n1,2,0\n", Test = "Id,x\n2,2\n";

    readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("HousePrices", "house-prices")]
    [InlineData("Titanic", "titanic")]
    [InlineData("AnyTable", "any-table")]
    [InlineData("Cifar10Small", "cifar10-small")]
    public void A_folder_is_the_name_in_small_letters(string name, string folder) => Assert.Equal(folder, CompetitionFiles.Kebab(name));

    [Fact]
    public void A_named_folder_comes_before_all_others()
    {
        Fill("mine");
        Fill("all/titanic");

        Assert.Equal(files["mine"], CompetitionFiles.Find("Titanic", new() { Data = files["mine"], KaggleData = files["all"] }).Folder);
    }

    [Fact]
    public void Real_files_come_before_the_sample_which_says_what_it_is()
    {
        Fill("project/sample");
        var places = new DataPlaces { KaggleData = files["all"], Project = files["project"] };

        var sample = CompetitionFiles.Find("Titanic", places);
        Fill("project/data");
        var own = CompetitionFiles.Find("Titanic", places);
        Fill("all/titanic");
        var ofKaggle = CompetitionFiles.Find("Titanic", places);

        Assert.True(sample.IsSample);
        Assert.Contains("kaggle competitions download -c titanic", sample.Said);
        Assert.Equal((files["project/data"], false), (own.Folder, own.IsSample));
        Assert.Equal(files["all/titanic"], ofKaggle.Folder);
    }

    [Fact]
    public void Where_kaggle_has_no_such_competition_its_own_sentence_says_how_to_get_the_files()
    {
        Fill("project/sample");

        var said = CompetitionFiles.Find("AnyTable", new() { Project = files["project"] }, realFiles: "Bring your own.").Said;

        Assert.EndsWith("Bring your own.", said);
        Assert.DoesNotContain("ggle", said);
    }

    [Theory]
    [InlineData("train.csv", "test.csv", "gender_submission.csv")]
    [InlineData("Train.tsv", "test.parquet", "sampleSubmission.csv")]
    [InlineData("train.csv.gz", "test.csv.gz", "sample_submission.csv")]
    public void Files_are_known_by_their_names_whatever_the_extension(string train, string test, string sample)
    {
        foreach (var name in new[] { train, test, sample, "solution.csv", "train_extra.csv", "README.md" }) files.Write(name, "");

        var found = CompetitionFiles.Find("Titanic", new() { Data = files.Folder });

        Assert.Equal([train, test, sample, "solution.csv"], new[] { found.Train, found.Test, found.SampleSubmission, found.Solution }.Select(f => f!.Name));
    }

    [Fact]
    public void One_zip_as_kaggle_serves_it_stands_for_the_folder()
    {
        Directory.CreateDirectory(files["all"]);
        files.Zip("all/titanic.zip", ("train.csv", Train), ("test.csv", Test), ("sample_submission.csv", "Id,y\n2,0\n"));

        var found = CompetitionFiles.Find("Titanic", new() { KaggleData = files["all"] });

        Assert.Equal("titanic.zip/train.csv", found.Train.Name);
        Assert.Equal(["Id", "x", "y"], Table.ReadTogether([found.Train, found.Test])[0].Names);
    }

    [Fact]
    public void Each_table_may_be_zipped_alone()
    {
        files.Zip("train.csv.zip", ("train.csv", Train));
        files.Zip("test.zip", ("test.csv", Test));

        var found = CompetitionFiles.Find("Titanic", new() { Data = files.Folder });

        Assert.Equal([1, 1], Table.ReadTogether([found.Train, found.Test]).Select(t => t.Rows));
    }

    [Fact]
    public void A_named_folder_without_a_training_file_is_refused_not_passed_over()
    {
        files.Write("test.csv", Test);
        Fill("project/sample");

        Assert.Contains("has no train.csv", Files.Refused(() => CompetitionFiles.Find("Titanic", new() { Data = files.Folder, Project = files["project"] })));
    }

    [Fact]
    public void No_files_anywhere_is_told_with_the_way_to_get_them() =>
        Assert.Contains("kaggle competitions download -c house-prices", Files.Refused(() => CompetitionFiles.Find("HousePrices", new() { Project = files["nowhere"] })));

    void Fill(string folder)
    {
        files.Write(folder + "/train.csv", Train);
        files.Write(folder + "/test.csv", Test);
    }
}
