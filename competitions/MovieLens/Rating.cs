using System.Globalization;

namespace Kaggle.Competitions.MovieLens;

/// <summary>A line of u.data.</summary>
/// <param name="Line">Where it stands, from 1: its id.</param>
/// <param name="User">Who.</param>
/// <param name="Film">The film's id.</param>
/// <param name="Stars">1 to 5.</param>
/// <param name="Time">When, in universal time.</param>
sealed record Rating(int Line, string User, string Film, double Stars, DateTime Time)
{
    const double Least = 1, Most = 5;

    /// <exception cref="InputException">The rating or the time is no number, or out of range.</exception>
    public static Rating Of(string[] cells, int line)
    {
        if (!double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var stars) || stars is not (>= Least and <= Most))
            throw new InputException($"u.data, line {line}: the rating is '{cells[2]}'; ratings are numbers from {Least} to {Most}.");
        if (!long.TryParse(cells[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(seconds) > 1L << 36)
            throw new InputException($"u.data, line {line}: the time is '{cells[3]}'; times are seconds since 1970.");
        return new(line, cells[0], cells[1], stars, DateTime.UnixEpoch.AddSeconds(seconds));
    }
}
