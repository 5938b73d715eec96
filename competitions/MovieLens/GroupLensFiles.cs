using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Kaggle.Competitions.MovieLens;

/// <summary>GroupLens' files of 100,000 ratings: u.data, and u.item and u.user beside it. One rating in ten is kept back as the test part.</summary>
/// <remarks>Which ones depends on user and film alone, not on the order of the file. A film's level is its title, so that reports can be read.</remarks>
public sealed record GroupLensFiles : IFileLayout
{
    const int OneIn = 10;

    const string Ratings = "u.data", Films = "u.item", Viewers = "u.user";

    public string Holds => $"GroupLens' {Ratings} (user, film, rating and time, separated by tabs)";

    public LaidOutTables? Read(string place)
    {
        if (!File.Exists(Path.Combine(place, Ratings))) return null;
        var films = FilmsOf(place);
        var viewers = Lines(place, Viewers, '|', 5).ToDictionary(line => line.Cells[0], line => line.Cells);
        var all = Lines(place, Ratings, '\t', 4).Select(line => Rating.Of(line.Cells, line.Number)).ToList();
        var (known, asked) = (all.Where(r => !IsAsked(r)).ToList(), all.Where(IsAsked).ToList());
        if (known.Count == 0 || asked.Count == 0) throw new InputException($"{Ratings} has {all.Count} ratings: too few to learn from some and be asked of others.");
        return new(Table(Ratings, known, films, viewers, answers: true), Table($"{Ratings}, one in {OneIn}", asked, films, viewers, answers: false))
        {
            Solution = new([Ids(asked), Stars(asked)], $"{Ratings}, one in {OneIn}"),
            Kinds = ImmutableDictionary<string, ColumnKind>.Empty
                .Add("user", ColumnKind.Category).Add("item", ColumnKind.Category).Add("gender", ColumnKind.Category).Add("occupation", ColumnKind.Category),
        };
    }

    static bool IsAsked(Rating rating)
    {
        var seed = 17;
        foreach (var letter in $"{rating.User} {rating.Film}") seed = unchecked(seed * 31 + letter);
        return new Draws(seed).Chance(1.0 / OneIn);
    }

    static Table Table(string name, List<Rating> ratings, Dictionary<string, Film> films, Dictionary<string, string[]> viewers, bool answers)
    {
        string?[] Viewer(int cell) => [.. ratings.Select(r => viewers.GetValueOrDefault(r.User)?[cell])];
        var columns = new List<TableColumn>
        {
            Ids(ratings),
            new TextValues("user", [.. ratings.Select(r => r.User)]),
            new TextValues("item", [.. ratings.Select(r => films.GetValueOrDefault(r.Film)?.Title ?? r.Film)]),
            new DateValues("time", ratings.Select(r => r.Time.Ticks).ToArray()),
        };
        if (viewers.Count > 0)
        {
            columns.Add(new NumberValues("age", ValueKind.Integer, Array.ConvertAll(Viewer(1), Number)));
            columns.Add(new TextValues("gender", Viewer(2)));
            columns.Add(new TextValues("occupation", Viewer(3)));
        }
        if (films.Count > 0)
        {
            columns.Add(new NumberValues("year", ValueKind.Integer, ratings.Select(r => films.GetValueOrDefault(r.Film)?.Year ?? double.NaN).ToArray()));
            for (var genre = 0; genre < Film.Genres.Length; genre++)
                columns.Add(new NumberValues(Film.Genres[genre], ValueKind.Boolean, ratings.Select(r => films.GetValueOrDefault(r.Film)?.Is[genre] ?? double.NaN).ToArray()));
        }
        if (answers) columns.Add(Stars(ratings));
        return new(columns, name);
    }

    static TextValues Ids(List<Rating> ratings) => new("id", [.. ratings.Select(r => r.Line.ToString(CultureInfo.InvariantCulture))]);

    static NumberValues Stars(List<Rating> ratings) => new("rating", ValueKind.Integer, ratings.Select(r => r.Stars).ToArray());

    static double Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <returns>By id; two films of one title are told apart by it.</returns>
    static Dictionary<string, Film> FilmsOf(string place)
    {
        var lines = Lines(place, Films, '|', 5 + Film.Genres.Length).Select(line => line.Cells).ToList();
        var titles = lines.CountBy(cells => cells[1]).ToDictionary();
        return lines.ToDictionary(cells => cells[0], cells => Film.Of(titles[cells[1]] > 1 ? $"{cells[1]} #{cells[0]}" : cells[1], cells));
    }

    /// <returns>The fields of each line that is not empty; none when there is no such file. GroupLens writes Latin-1.</returns>
    static IEnumerable<(int Number, string[] Cells)> Lines(string place, string file, char separator, int fields)
    {
        var path = Path.Combine(place, file);
        if (!File.Exists(path)) yield break;
        foreach (var (index, text) in File.ReadLines(path, Encoding.Latin1).Index())
        {
            if (text.Length == 0) continue;
            var cells = text.Split(separator);
            if (cells.Length < fields)
                throw new InputException($"{file}, line {index + 1}: {cells.Length} fields, where {fields} were to be, separated by {(separator == '\t' ? "tabs" : "'|'")}.");
            yield return (index + 1, cells);
        }
    }
}
