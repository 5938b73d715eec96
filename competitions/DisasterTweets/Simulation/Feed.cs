using System.Globalization;

namespace Kaggle.Competitions.DisasterTweets.Simulation;

/// <summary>The embedded sample: 1,200 simulated tweets, half of them about disasters that happened.</summary>
/// <remarks>
/// Words of disaster stand on both sides, as news on the one and as figures of speech on the other (<see cref="Phrases"/>). One tweet in
/// <see cref="Ambiguous"/> could be either: its words are drawn without a look at what happened, so nobody can be sure of those.
/// </remarks>
public static class Feed
{
    public const int Known = 800;

    public const int Asked = 400;

    /// <summary>One tweet in so many says nothing of whether it is true.</summary>
    public const int Ambiguous = 8;

    /// <summary>The sample as it is committed.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => Simulate(seed: 2015);

    /// <returns>train.csv, test.csv, sample_submission.csv and solution.csv.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var draws = new Draws(seed);
        var grammar = new Grammar(Phrases.Rules);
        var tweets = Enumerable.Range(0, Known + Asked).Select(id => Draw(id, grammar, draws)).ToList();
        string[] columns = ["id", "keyword", "location", "text"];
        var (train, test) = (tweets[..Known], tweets[Known..]);
        return
        [
            SampleFile.Of("train.csv", [.. columns, "target"], train.Select(t => (string[])[.. t.Fields, t.Target])),
            SampleFile.Of("test.csv", columns, test.Select(t => t.Fields)),
            SampleFile.Of("sample_submission.csv", ["id", "target"], test.Select(t => (string[])[t.Fields[0], "0"])),
            SampleFile.Of("solution.csv", ["id", "target"], test.Select(t => (string[])[t.Fields[0], t.Target])),
        ];
    }

    static (string[] Fields, string Target) Draw(int id, Grammar grammar, Draws draws)
    {
        var real = draws.Chance(0.5);
        var kind = draws.Chance(1.0 / Ambiguous) ? "ambiguous" : real ? "news" : "talk";
        var (keyword, stem) = draws.Of(Phrases.Keywords);
        var text = grammar.Draw(kind, draws).Replace("KEYWORD", stem);
        var known = draws.Chance(0.7);
        var location = known ? grammar.Draw("home", draws) : "";
        return ([id.ToString(CultureInfo.InvariantCulture), draws.Chance(0.9) ? keyword : "", location, text], real ? "1" : "0");
    }
}
