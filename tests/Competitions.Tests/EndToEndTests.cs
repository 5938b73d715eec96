using Kaggle.Tests.Competitions.Samples;

namespace Kaggle.Tests.Competitions;

public class EndToEndTests
{
    // The bars leave room for three folds and short trainings; docs/scores.md has what whole runs reach.
    [Theory]
    [InlineData("Titanic", "gender_submission.csv", 0.86, 1)]
    [InlineData("HousePrices", "sample_submission.csv", 0.12, -1)]
    [InlineData("DisasterTweets", "sample_submission.csv", 0.90, 1)]
    [InlineData("PatentPhrases", "sample_submission.csv", 0.80, 1)]
    public async Task A_declaration_goes_from_its_sample_to_a_submission_and_a_report(string name, string sample, double bar, int better)
    {
        using var competition = new Declared(name);
        var (code, printed) = await competition.Run("--quick", "--out", competition.Out);

        Assert.True(code == 0, printed);
        Assert.Contains("sample", printed.Split('\n')[0]);
        var wanted = File.ReadAllLines(Path.Combine(Committed.Folder(name), sample));
        Assert.Equal(wanted.Select(line => line.Split(',')[0]), competition.Submission().Select(line => line.Split(',')[0]));
        Assert.Equal(wanted[0], competition.Submission()[0]);
        Assert.Single(competition.Report());
        var run = competition.RunJson();
        Assert.Equal("finished", run.GetProperty("status").GetString());
        Assert.True(better * (run.GetProperty("best").GetProperty("score").GetDouble() - bar) > 0, run.GetProperty("best").ToString());
    }

    [Fact]
    public async Task Learning_rates_are_looked_for_by_a_verb_that_draws_them()
    {
        using var competition = new Declared("Titanic");
        var (code, printed) = await competition.Run("lr-find", "--learner", "TabM", "--out", competition.Out);

        Assert.True(code == 0, printed);
        Assert.Matches(@"TabM +\S*2\.0e-3 .*e-", printed);
        Assert.Contains("valley", File.ReadAllText(Path.Combine(competition.Out, "runs", "Titanic", "lr-find.html")));
    }

    [Theory]
    [InlineData("Titanic")]
    [InlineData("HousePrices")]
    [InlineData("DisasterTweets")]
    [InlineData("SmsSpam")]
    [InlineData("PatentPhrases")]
    public async Task The_sample_is_made_anew_by_a_verb(string name)
    {
        using var competition = new Declared(name);
        var (code, printed) = await competition.Run("generate-sample", "--to", competition.Out);

        Assert.True(code == 0, printed);
        foreach (var committed in Directory.GetFiles(Committed.Folder(name)))
            Assert.Equal(File.ReadAllText(committed), File.ReadAllText(Path.Combine(competition.Out, Path.GetFileName(committed))));
    }
}
