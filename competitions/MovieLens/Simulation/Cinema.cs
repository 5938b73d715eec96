using System.Globalization;

namespace Kaggle.Competitions.MovieLens.Simulation;

/// <summary>The embedded sample, in GroupLens' own files: viewers and films with three hidden tastes.</summary>
/// <remarks>
/// What a viewer feels of a film is 3.5 + how kind the viewer is + how good the film is + what they share in tastes, plus normal noise of
/// <see cref="Noise"/>; the stars are that, rounded and kept within 1 to 5. Who knew all but the noise would say the expected stars and miss by
/// <see cref="BestReachable"/>. Popular films, and those that a viewer will like, are seen more often.
/// </remarks>
public static class Cinema
{
    public const double Noise = 0.75;

    const int Viewers = 300, Films = 180, Tastes = 3;

    static readonly string[] Adjectives = ["Quiet", "Last", "Silver", "Broken", "Golden", "Distant", "Burning", "Hidden", "Blue", "Endless", "Paper", "Winter"];

    static readonly string[] Nouns = ["Harbour", "Letter", "Orchard", "Summit", "River", "Garden", "Station", "Mirror", "Lantern", "Voyage", "Island", "Promise", "Shadow", "Clockmaker", "Bridge"];

    static readonly string[] Jobs = ["student", "teacher", "engineer", "artist", "nurse", "clerk", "retired"];

    /// <summary>Each hidden taste shows in the genres of the films that are far along it.</summary>
    static readonly (int Genre, int Opposite)[] GenreOf = [(1, 14), (15, 8), (5, 16)];                // action or romance, science fiction or drama, comedy or thriller

    /// <summary>The sample as it is committed.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => Simulate(seed: 1997);

    /// <returns>u.data, u.item and u.user.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var made = Ratings(seed);
        return
        [
            new("u.data", string.Concat(made.Seen.Select(s => Line('\t', Text(s.Viewer + 1), Text(s.Film + 1), Text(s.Stars), Text(880_000_000 + 3600 * s.Viewer + 60 * s.Film))))),
            new("u.item", string.Concat(made.Films.Select((film, i) => Line('|', [Text(i + 1), film.Title, "01-Jan-" + film.Title[^5..^1], "", "", .. Genres(film)])))),
            new("u.user", string.Concat(made.Viewers.Select((viewer, i) => Line('|', Text(i + 1), Text(viewer.Age), viewer.Gender, viewer.Job, "00000")))),
        ];
    }

    /// <returns>The root mean squared error, over all ratings, of somebody who knows everything but the noise.</returns>
    public static double BestReachable(int seed) => Math.Sqrt(Ratings(seed).Seen.Average(s => Variance(s.Felt)));

    static (IReadOnlyList<Person> Viewers, IReadOnlyList<Work> Films, IReadOnlyList<(int Viewer, int Film, int Stars, double Felt)> Seen) Ratings(int seed)
    {
        var draws = new Draws(seed);
        var films = Enumerable.Range(0, Films).Select(i => new Work(
            $"{Nouns[i / Adjectives.Length]}, The {Adjectives[i % Adjectives.Length]} ({draws.Whole(1950, 1998)})",
            draws.Normal(0, 0.4), draws.Normal(0, 1), [.. Enumerable.Range(0, Tastes).Select(_ => draws.Normal(0, 1))])).ToList();
        var viewers = Enumerable.Range(0, Viewers).Select(_ => new Person(
            draws.Whole(15, 70), draws.Chance(0.3) ? "F" : "M", draws.Of(Jobs), draws.Normal(0, 0.4), draws.Whole(20, 70),
            [.. Enumerable.Range(0, Tastes).Select(_ => draws.Normal(0, 0.35))])).ToList();
        var seen = new List<(int, int, int, double)>();
        for (var v = 0; v < Viewers; v++)
        {
            // The greatest of weighted draws: a sample without repetition (Efraimidis and Spirakis 2006).
            var chosen = Enumerable.Range(0, Films)
                .Select(f => (Film: f, Felt: Felt(viewers[v], films[f])))
                .Select(x => (x.Film, x.Felt, Rank: -Math.Log(1 - draws.Uniform()) / Math.Exp(films[x.Film].Fame + 0.5 * x.Felt)))
                .OrderBy(x => x.Rank).Take(viewers[v].Sees).OrderBy(x => x.Film).ToList();
            foreach (var (film, felt, _) in chosen)
                seen.Add((v, film, (int)Math.Clamp(Math.Round(felt + draws.Normal(0, Noise)), 1, 5), felt));
        }
        return (viewers, films, seen);
    }

    static double Felt(Person viewer, Work film) => 3.5 + viewer.Kindness + film.Worth + viewer.Tastes.Zip(film.Tastes, (a, b) => a * b).Sum();

    /// <summary>Of the stars that are given when so much is felt.</summary>
    static double Variance(double felt)
    {
        var (mean, squares, below) = (0.0, 0.0, 0.0);
        for (var stars = 1; stars <= 5; stars++)
        {
            var upTo = stars == 5 ? 1 : Below((stars + 0.5 - felt) / Noise);
            mean += stars * (upTo - below);
            squares += stars * stars * (upTo - below);
            below = upTo;
        }
        return squares - mean * mean;
    }

    /// <summary>The normal distribution function: Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/15 + …), Marsaglia 2004.</summary>
    static double Below(double x)
    {
        if (Math.Abs(x) > 8) return x > 0 ? 1 : 0;
        var (sum, term) = (x, x);
        for (var i = 3; Math.Abs(term) > 1e-16; i += 2) sum += term *= x * x / i;
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }

    static IEnumerable<string> Genres(Work film)
    {
        var far = GenreOf.Select((pair, taste) => film.Tastes[taste] > 0.7 ? pair.Genre : film.Tastes[taste] < -0.7 ? pair.Opposite : -1).ToHashSet();
        return Film.Genres.Select((_, genre) => far.Contains(genre) ? "1" : "0");
    }

    static string Line(char separator, params IEnumerable<string> fields) => string.Join(separator, fields) + "\n";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    sealed record Person(int Age, string Gender, string Job, double Kindness, int Sees, double[] Tastes);

    sealed record Work(string Title, double Worth, double Fame, double[] Tastes);
}
