using System.Globalization;

namespace Kaggle.Competitions.PatentPhrases.Simulation;

/// <summary>The embedded sample: 60 simulated anchors with 20 targets each.</summary>
/// <remarks>
/// A target is made from its anchor in a way that says its score: the same words turned round (1), a word of the same meaning (0.75), the same
/// head with another quality (0.5), another thing of the same field (0.25), a thing of another field (0). Each word belongs to one field and one
/// meaning (<see cref="Vocabulary"/>), so who has learned the vocabulary from the table can tell all scores but the noise: one score in
/// <see cref="Noisy"/> is one step off, as judges disagree.
/// </remarks>
public static class Thesaurus
{
    const int Anchors = 60, Targets = 20, Known = 42;

    /// <summary>One score in so many is one step off.</summary>
    public const int Noisy = 8;

    /// <summary>The sample as it is committed.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => Simulate(seed: 2022);

    /// <returns>train.csv, test.csv, sample_submission.csv and solution.csv.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var draws = new Draws(seed);
        var anchors = new List<(Field Field, string Quality, string Thing)>();
        while (anchors.Count < Anchors)
        {
            var field = draws.Of(Vocabulary.Fields);
            var anchor = (field, draws.Of(draws.Of(field.Qualities)), draws.Of(draws.Of(field.Things)));
            if (!anchors.Contains(anchor)) anchors.Add(anchor);
        }
        var rows = anchors.Select(anchor => Rows(anchor.Field, anchor.Quality, anchor.Thing, draws)).ToList();
        var (train, test) = (rows[..Known].SelectMany(r => r).ToList(), rows[Known..].SelectMany(r => r).ToList());
        string[] columns = ["id", "anchor", "target", "context"];
        return
        [
            SampleFile.Of("train.csv", [.. columns, "score"], train),
            SampleFile.Of("test.csv", columns, test.Select(r => r[..4])),
            SampleFile.Of("sample_submission.csv", ["id", "score"], test.Select(r => (string[])[r[0], "0"])),
            SampleFile.Of("solution.csv", ["id", "score"], test.Select(r => (string[])[r[0], r[4]])),
        ];
    }

    static List<string[]> Rows(Field field, string quality, string thing, Draws draws)
    {
        var targets = new Dictionary<string, double>();
        for (var attempt = 0; targets.Count < Targets && attempt < 500; attempt++)
        {
            var score = draws.Weighted<double>([(1, 0.1), (0.75, 0.15), (0.5, 0.3), (0.25, 0.3), (0, 0.15)]);
            var target = Target(field, quality, thing, score, draws);
            if (target != $"{quality} {thing}") targets.TryAdd(target, score);
        }
        return [.. targets.Select(t => (string[])[Id(draws), $"{quality} {thing}", t.Key, field.Code, Text(Judged(t.Value, draws))])];
    }

    static string Target(Field field, string quality, string thing, double score, Draws draws) => score switch
    {
        1 => draws.Of([$"{thing} {quality}", $"{quality} {thing}s", $"{quality}-{thing}"]),
        0.75 => draws.Chance(0.5) ? $"{draws.Of(Vocabulary.Meaning(field.Qualities, quality))} {thing}" : $"{quality} {draws.Of(Vocabulary.Meaning(field.Things, thing))}",
        0.5 => draws.Chance(0.5) ? thing : $"{draws.Of(draws.Of(field.Qualities))} {thing}",
        0.25 => $"{draws.Of(draws.Of(field.Qualities))} {draws.Of(draws.Of(field.Things))}",
        _ => draws.Of([.. Vocabulary.Fields.Where(f => f != field)]) is var other ? $"{draws.Of(draws.Of(other.Qualities))} {draws.Of(draws.Of(other.Things))}" : "",
    };

    static double Judged(double score, Draws draws) =>
        !draws.Chance(1.0 / Noisy) ? score : score == 0 ? 0.25 : score == 1 ? 0.75 : score + (draws.Chance(0.5) ? 0.25 : -0.25);

    static string Id(Draws draws) => string.Concat(Enumerable.Range(0, 16).Select(_ => "0123456789abcdef"[draws.Whole(0, 15)]));

    static string Text(double score) => score.ToString(CultureInfo.InvariantCulture);
}
