using System.Globalization;

namespace Kaggle.Core.Commands;

/// <summary>How figures are printed: the invariant culture, as many digits as mean something.</summary>
static class Figures
{
    /// <returns>Five decimals below 10, fewer above: scores differ in the fourth.</returns>
    public static string Score(double score) =>
        Math.Abs(score) < 10 ? score.ToString("F5", CultureInfo.InvariantCulture)
        : Math.Abs(score) < 1000 ? score.ToString("F3", CultureInfo.InvariantCulture)
        : score.ToString("F1", CultureInfo.InvariantCulture);

    public static string Duration(double seconds) => seconds switch
    {
        < 1 => "1 s",
        < 90 => FormattableString.Invariant($"{seconds:F0} s"),
        < 5400 => FormattableString.Invariant($"{seconds / 60:F0} min"),
        _ => FormattableString.Invariant($"{seconds / 3600:F1} h"),
    };
}
