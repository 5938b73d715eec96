using System.Xml;
using System.Xml.Linq;

namespace Kaggle.Tests.Competitions;

/// <summary>Competitions of pictures end to end on the samples that the project draws, without weights and without a download.</summary>
public class ImageCompetitionTests
{
    // Chance is 0.1 and 0.33; docs/scores.md has what whole runs on real files reach.
    [Theory]
    [InlineData("DigitRecognizer", "ImageId,Label", 100, 0.6, 10)]
    [InlineData("AnyImages", "id,label", 30, 0.5, 3, "--size", "32")]
    public async Task A_declaration_goes_from_drawn_pictures_to_a_submission_and_a_report_that_shows_them(string name, string header, int rows, double bar, int classes, params string[] more)
    {
        using var competition = new Declared(name);
        var (code, printed) = await competition.Run(["--quick", "--out", competition.Out, .. more]);

        Assert.True(code == 0, printed);
        Assert.Contains("sample", printed.Split('\n')[0]);
        Assert.Equal(header, competition.Submission()[0]);
        Assert.Equal(rows + 1, competition.Submission().Length);
        var run = competition.RunJson();
        Assert.Equal("finished", run.GetProperty("status").GetString());
        Assert.True(run.GetProperty("best").GetProperty("score").GetDouble() > bar, run.GetProperty("best").ToString());
        var report = Page(Assert.Single(competition.Report()));
        Assert.All(Section(report, "mistakes").Descendants("tr").Skip(1), mistake => Assert.Equal(2, Pictures(mistake).Distinct().Count()));       // as it is, and what the model went by
        Assert.All(Section(report, "samples").Descendants("li"), card => Assert.Single(Pictures(card)));
        var map = Section(report, "pictures");
        Assert.Equal(classes, map.Descendants("li").Count());
        Assert.All(map.Descendants("svg").First().Descendants("path"), mark => Assert.Contains("h0", mark.Attribute("d")!.Value));
        Assert.True(map.Descendants("svg").First().Descendants("path").Count() >= classes);
    }

    static XDocument Page(string file)
    {
        using var reader = XmlReader.Create(file, new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    static XElement Section(XDocument page, string id) => page.Descendants("section").Single(section => section.Attribute("id")!.Value == id);

    static string[] Pictures(XElement of)
    {
        string[] sources = [.. of.Descendants("img").Select(img => img.Attribute("src")!.Value)];
        Assert.All(sources, source => Assert.StartsWith("data:image/jpeg;base64,", source));
        return sources;
    }

    [Fact]
    public async Task A_trial_on_some_of_the_rows_and_at_another_size_says_so()
    {
        using var competition = new Declared("DigitRecognizer");
        var (code, printed) = await competition.Run("--quick", "--subset", "0.5", "--size", "20", "--out", competition.Out);

        Assert.True(code == 0, printed);
        Assert.Contains("--subset 0.5", printed);
        var run = competition.RunJson();
        Assert.Equal(0.5, run.GetProperty("settings").GetProperty("subset").GetDouble());
        Assert.Contains(run.GetProperty("learners").EnumerateArray(), learner => learner.GetProperty("settings").TryGetProperty("Size", out var size) && size.GetInt32() == 20);
    }

    [Theory]
    [InlineData("AnyImages")]
    [InlineData("Flowers")]
    public async Task A_broken_picture_is_named_before_training_and_can_be_skipped(string name)
    {
        using var competition = new Declared(name);
        var pictures = Path.Combine(competition.Out, "pictures");
        foreach (var (zip, folder) in new[] { ("train.zip", "train"), ("test.zip", "test") })
            System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(Repository.Root, "competitions", "AnyImages", "sample", zip), Path.Combine(pictures, folder));
        File.WriteAllText(Path.Combine(pictures, "train", "rings", "01.jpg"), "");
        File.WriteAllText(Path.Combine(pictures, "test", "02.jpg"), "<html>");

        var (code, printed) = await competition.Run("check", "--data", pictures, "--out", competition.Out);
        Assert.Equal(2, code);
        Assert.Contains("2 of 120 pictures cannot be used", printed);
        Assert.Contains("train/rings/01.jpg is empty", printed);

        (code, printed) = await competition.Run("check", "--data", pictures, "--out", competition.Out, "--skip-bad-images");
        Assert.True(code == 0, printed);
        Assert.Contains("89 rows", printed);
    }

    [Fact]
    public async Task Pictures_that_a_table_names_by_another_word_than_id_are_submitted_by_that_name()
    {
        using var competition = new Declared("AnyImages");
        var pictures = Path.Combine(competition.Out, "pictures");
        System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(Repository.Root, "competitions", "AnyImages", "sample", "train.zip"), Path.Combine(pictures, "images"));
        var rows = Directory.GetFiles(Path.Combine(pictures, "images"), "*.jpg", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Path.Combine(pictures, "images"), f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToArray();
        File.WriteAllLines(Path.Combine(pictures, "train.csv"), ["filename,label", .. rows[..^1].Select(row => $"{row},{row[..row.IndexOf('/')]}")]);

        var (code, printed) = await competition.Run("--quick", "--model", "none", "--learner", "Logistic on pixels", "--data", pictures, "--out", competition.Out);

        Assert.True(code == 0, printed);
        Assert.Contains("id 'filename'", printed);
        Assert.Equal("filename,label", competition.Submission()[0]);
        Assert.StartsWith(rows[^1] + ",", Assert.Single(competition.Submission()[1..]));
    }

    [Theory]
    [InlineData("(", "is no regular expression")]
    [InlineData("[a-z]+", "has no group")]
    public async Task A_pattern_of_labels_that_is_none_is_a_mistake_and_no_bug(string pattern, string says)
    {
        using var competition = new Declared("AnyImages");

        var (code, printed) = await competition.Run("check", "--labels", pattern, "--out", competition.Out);

        Assert.Equal(2, code);
        Assert.Contains(says, printed);
    }

    [Theory]
    [InlineData("AnyImages", "pictures of your own: --data FOLDER")]
    [InlineData("PetBreeds", "www.robots.ox.ac.uk/~vgg/data/pets")]
    [InlineData("FashionMnist", "github.com/zalandoresearch/fashion-mnist")]
    [InlineData("Flowers", "train/<class>/")]
    public async Task The_sample_says_where_real_files_are_without_naming_a_competition_that_does_not_exist(string name, string says)
    {
        using var competition = new Declared(name);

        var (_, printed) = await competition.Run("check", "--out", competition.Out);

        Assert.Contains(says, printed.Split('\n')[0]);
        Assert.DoesNotContain("kaggle competitions download", printed);
    }

    [Fact]
    public async Task The_pets_masks_are_not_learned_from_and_names_without_a_breed_are_told()
    {
        using var competition = new Declared("PetBreeds");
        var pets = Path.Combine(competition.Out, "pets");
        System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(Repository.Root, "competitions", "PetBreeds", "sample", "images.zip"), pets);
        Directory.CreateDirectory(Path.Combine(pets, "annotations", "trimaps"));
        var photos = Directory.GetFiles(Path.Combine(pets, "images"), "*.jpg", SearchOption.AllDirectories);
        foreach (var photo in photos) File.Copy(photo, Path.Combine(pets, "annotations", "trimaps", Path.GetFileNameWithoutExtension(photo) + ".png"));
        File.Copy(photos[0], Path.Combine(pets, "images", "cover.jpg"));
        File.Copy(Path.Combine(Repository.Root, "competitions", "PetBreeds", "sample", "test.txt"), Path.Combine(pets, "annotations", "test.txt"));

        var (code, printed) = await competition.Run("check", "--data", pets, "--out", competition.Out);

        Assert.True(code == 0, printed);
        var asked = File.ReadAllLines(Path.Combine(pets, "annotations", "test.txt")).Count(line => line.Length > 0 && line[0] != '#');
        Assert.Contains($"Train: images, {photos.Length - asked} rows. Test: test images, {asked} rows.", printed);
        Assert.Contains($"{photos.Length} pictures are left out, because they lie in a folder of masks", printed);
        Assert.Contains("1 pictures are left out, because their names do not fit the pattern", printed);
    }
}
