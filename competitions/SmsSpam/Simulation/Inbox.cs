namespace Kaggle.Competitions.SmsSpam.Simulation;

/// <summary>The embedded sample: 1,000 simulated messages, 150 of them spam, in one file as the real ones.</summary>
/// <remarks>
/// Spam asks strangers to call, text or claim; ham talks to people one knows (<see cref="Talk"/>). One message in <see cref="Odd"/> is written the other
/// way round: a firm's honest notice sounds like spam, and some spam like a friend, so nobody can be sure of those.
/// </remarks>
public static class Inbox
{
    public const int Messages = 1000;

    /// <summary>One message in so many sounds like the other kind.</summary>
    public const int Odd = 60;

    /// <summary>The sample as it is committed.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => Simulate(seed: 2012);

    /// <returns>sms.csv.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var draws = new Draws(seed);
        var grammar = new Grammar(Talk.Rules);
        return [SampleFile.Of("sms.csv", ["label", "text"], Enumerable.Range(0, Messages).Select(_ => Draw(grammar, draws)).ToList())];
    }

    static string[] Draw(Grammar grammar, Draws draws)
    {
        var spam = draws.Chance(0.15);
        var sounds = draws.Chance(1.0 / Odd) ? !spam : spam;
        return [spam ? "spam" : "ham", grammar.Draw(sounds ? "spam" : "ham", draws)];
    }
}
