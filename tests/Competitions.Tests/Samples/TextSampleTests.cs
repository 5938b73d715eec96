using Kaggle.Competitions.DisasterTweets.Simulation;
using Kaggle.Competitions.PatentPhrases.Simulation;
using Kaggle.Competitions.SmsSpam;
using Kaggle.Competitions.SmsSpam.Simulation;

namespace Kaggle.Tests.Competitions.Samples;

public class TextSampleTests
{
    [Fact]
    public void The_committed_tweets_are_what_the_generator_makes() => Committed.AreWhatIsMade("DisasterTweets", Feed.Simulate());

    [Fact]
    public void The_committed_messages_are_what_the_generator_makes() => Committed.AreWhatIsMade("SmsSpam", Inbox.Simulate());

    [Fact]
    public void The_committed_phrases_are_what_the_generator_makes() => Committed.AreWhatIsMade("PatentPhrases", Thesaurus.Simulate());

    [Fact]
    public void No_text_of_the_messages_is_on_both_sides_and_a_fifth_of_them_is_asked()
    {
        var tables = new EveryFifthText().Read(Committed.Folder("SmsSpam"))!;
        string[] Texts(Kaggle.Core.Data.Table table) => [.. Enumerable.Range(0, table.Rows).Select(row => table["text"].TextAt(row)!.Trim().ToLowerInvariant())];
        var (known, asked) = (Texts(tables.Train).ToHashSet(), Texts(tables.Test).ToHashSet());

        Assert.Empty(known.Intersect(asked));
        Assert.Equal((known.Count + asked.Count) / 5, asked.Count);
        Assert.Equal(Inbox.Messages, tables.Train.Rows + tables.Test.Rows);
        Assert.Equal(tables.Test.Rows, tables.Solution!.Rows);
        Assert.False(tables.Test.Has("label"));
    }
}
