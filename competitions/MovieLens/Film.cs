using System.Globalization;
using System.Text.RegularExpressions;

namespace Kaggle.Competitions.MovieLens;

/// <summary>A line of u.item.</summary>
/// <param name="Title">With the year in brackets, as GroupLens writes it.</param>
/// <param name="Year">NaN when unknown.</param>
/// <param name="Is">For each of <see cref="Genres"/> 1 or 0.</param>
sealed partial record Film(string Title, double Year, double[] Is)
{
    /// <summary>In the order of the file's last fields.</summary>
    public static readonly string[] Genres =
    [
        "Unknown", "Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "FilmNoir", "Horror", "Musical",
        "Mystery", "Romance", "SciFi", "Thriller", "War", "Western",
    ];

    public static Film Of(string title, string[] cells) => new(title, YearOf(title), [.. Genres.Select((_, genre) => cells[5 + genre] == "1" ? 1.0 : 0.0)]);

    static double YearOf(string title) =>
        Bracketed().Match(title) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : double.NaN;

    [GeneratedRegex(@"\((\d{4})\)")]
    private static partial Regex Bracketed();
}
