namespace Kaggle.Tests.Competitions;

/// <summary>Competitions of pictures end to end on the samples that the project draws, without weights and without a download.</summary>
public class ImageCompetitionTests
{
    // Chance is 0.1 and 0.33; docs/scores.md has what whole runs on real files reach.
    [Theory]
    [InlineData("DigitRecognizer", "ImageId,Label", 100, 0.6)]
    [InlineData("AnyImages", "id,label", 30, 0.5, "--size", "32")]
    public async Task A_declaration_goes_from_drawn_pictures_to_a_submission_and_a_report_that_shows_them(string name, string header, int rows, double bar, params string[] more)
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
        Assert.Contains("data:image/jpeg;base64,", File.ReadAllText(Assert.Single(competition.Report())));
    }

    [Fact]
    public async Task A_broken_picture_is_named_before_training_and_can_be_skipped()
    {
        using var competition = new Declared("AnyImages");
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
}
