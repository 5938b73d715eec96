using Kaggle.Competitions.SmsSpam;
using Kaggle.Core.Data;
using Kaggle.Tests.Competitions.Samples;

namespace Kaggle.Tests.Competitions;

/// <summary>Tables with texts, without a line of code.</summary>
public class AnyTableTextsTests
{
    [Fact]
    public async Task A_table_of_texts_categories_and_gaps_is_read_by_learners_of_texts()
    {
        // The bar is far above what the keyword and the texts' lengths alone can tell; DisasterTweets' own declaration reaches about 0.95.
        Assert.InRange(await Scored(Committed.Folder("DisasterTweets"), "f1", "TextLogistic"), 0.9, 1);
    }

    [Fact]
    public async Task Real_tweets_score_about_as_in_their_own_competition() =>
        Assert.InRange(await Scored(Real("disaster-tweets"), "f1", "TextLogistic"), 0.75, 0.82);

    [Fact]
    public async Task Real_messages_score_about_as_in_their_own_competition()
    {
        var folder = Directory.CreateTempSubdirectory("messages-").FullName;
        try
        {
            var tables = new EveryFifthText().Read(Real("sms-spam"))!;
            Write(folder, "train.csv", tables.Train);
            Write(folder, "test.csv", tables.Test);
            File.WriteAllLines(Path.Combine(folder, "sample_submission.csv"), ["id,label", .. Rows(tables.Test).Select(row => $"{tables.Test["id"].TextAt(row)},ham")]);
            // Which texts are equal is a number here, of other texts in test than in train: rows of one text stay together.
            Assert.InRange(await Scored(folder, "f1", "TextLogistic"), 0.955, 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<double> Scored(string data, string metric, string learner)
    {
        using var competition = new Declared("AnyTable");
        var (code, printed) = await competition.Run("--data", data, "--metric", metric, "--quick", "--out", competition.Out);

        Assert.True(code == 0, printed);
        Assert.Single(competition.Report());
        var run = competition.RunJson();
        Assert.Contains(run.GetProperty("learners").EnumerateArray(), l => l.GetProperty("name").GetString() == learner);
        return run.GetProperty("best").GetProperty("score").GetDouble();
    }

    static void Write(string folder, string name, Table table) => File.WriteAllLines(Path.Combine(folder, name),
        [string.Join(',', table.Names), .. Rows(table).Select(row => string.Join(',', table.Columns.Select(c => $"\"{c.TextAt(row)?.Replace("\"", "\"\"")}\"")))]);

    static IEnumerable<int> Rows(Table table) => Enumerable.Range(0, table.Rows);

    static string Real(string name)
    {
        var all = Environment.GetEnvironmentVariable("KAGGLE_DATA");
        Assert.SkipUnless(all is not null && Directory.Exists(Path.Combine(all, name)), $"KAGGLE_DATA has no folder '{name}', so the test on it is skipped.");
        return Path.Combine(all, name);
    }
}
