using System.Globalization;
using Kaggle.Core.Data.Texts;

namespace Kaggle.Core.Reporting;

/// <summary>Numbers as the report writes them, the same whatever the reader's country.</summary>
static class Wording
{
    const string None = "–";

    /// <summary>Five digits that matter, four decimals at most: what a fold's score is good for.</summary>
    public static string Score(double? score) => score is not { } x || double.IsNaN(x) ? None : Math.Abs(x) switch
    {
        >= 10_000 => Text(x, "#,0"),
        >= 1000 => Text(x, "#,0.0"),
        >= 100 => Text(x, "0.00"),
        >= 10 => Text(x, "0.000"),
        < 0.001 and > 0 => Text(x, "0.###e0"),
        _ => Text(x, "0.0000"),
    };

    /// <summary>With its sign: a difference.</summary>
    public static string Signed(double? difference) => difference is not { } x || double.IsNaN(x) ? None
        : x == 0 ? "0" : (x > 0 ? "+" : "−") + Score(Math.Abs(x));

    /// <summary>A difference in its own standard errors: one decimal.</summary>
    public static string StandardErrors(double errors) => (errors < 0 ? "−" : "+") + Text(Math.Abs(errors), "0.0");

    /// <summary>A weight: three decimals.</summary>
    public static string Weight(double weight) => Text(weight, "0.000");

    public static string Percent(double? share) => share is not { } x || double.IsNaN(x) ? None : x switch
    {
        0 => "0%",
        < 0.001 => "<0.1%",
        < 0.0995 => Text(x * 100, "0.0") + "%",
        < 1 and > 0.995 => ">99%",
        _ => Text(x * 100, "0") + "%",
    };

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A value of a column: four digits that matter.</summary>
    public static string Value(double? value)
    {
        if (value is not { } x || double.IsNaN(x)) return None;
        if (x != 0 && (Math.Abs(x) < 1e-3 || Math.Abs(x) >= 1e9)) return Text(x, "0.###e0");
        var decimals = x == 0 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(x))), 0, 4);
        return Text(x, "#,0." + new string('#', decimals));
    }

    public static string Texts(TextFacts facts) =>
        $"{Count(facts.Shortest)} to {Count(facts.Longest)} characters, median {Count(facts.Median)}; {Count(facts.Words)} different words, {Percent(facts.OnlyOnce)} of them once" +
        (facts.NewInTest is { } unknown ? $"; {Percent(unknown)} of test's words are new" : "");

    /// <param name="ticks">Of <see cref="DateTime"/>.</param>
    public static string Date(double ticks) => new DateTime((long)ticks).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => seconds switch
    {
        < 0.05 => "<0.1 s",
        < 10 => Text(seconds, "0.0") + " s",
        < 60 => Text(seconds, "0") + " s",
        < 3600 => $"{(int)seconds / 60} min {(int)seconds % 60:00} s",
        _ => $"{(int)seconds / 3600} h {(int)seconds / 60 % 60:00} min",
    };

    /// <returns>0 to 100 with one decimal and a percent sign, for the style sheet.</returns>
    public static string Width(double share) => Text(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * 100, "0.#") + "%";

    static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
}
