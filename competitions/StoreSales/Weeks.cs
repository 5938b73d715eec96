using System.Globalization;

namespace Kaggle.Competitions.StoreSales;

/// <summary>What the calendar says of a week, and how a week a year ago differs: Easter moves, the other holidays of these files do not.</summary>
public static class Weeks
{
    public static DataFrame Describe(DataFrame sales)
    {
        var days = sales.Numbers("Date");
        var dates = Array.ConvertAll(days, d => new DateTime((long)Math.Round(d) * TimeSpan.TicksPerDay));
        sales
            .With("Week", Array.ConvertAll(dates, d => (double)ISOWeek.GetWeekOfYear(d)))
            .With("DayOfMonth", Array.ConvertAll(dates, d => (double)d.Day))
            .With("WeeksToEaster", Array.ConvertAll(dates, WeeksToEaster))
            .With("WeeksToEasterYearAgo", Array.ConvertAll(dates, d => WeeksToEaster(d.AddDays(-364))))
            .With("Feast", Array.ConvertAll(dates, d => WeeksToEaster(d) is var weeks && Math.Abs(weeks) <= 1 ? weeks : double.NaN));
        sales.Columns.Remove("Date");                         // no week to come was ever seen: trees cannot go on beyond the last one
        // Known since November 2011 only: of the weeks learned from, hardly one in ten has a week a year ago with them.
        foreach (var column in sales.Columns.Where(c => c.Name.StartsWith("MarkDown", StringComparison.Ordinal)).ToList()) sales.Columns.Remove(column);
        return sales;
    }

    /// <summary>Of the week that ends on the day; within six weeks, else missing.</summary>
    internal static double WeeksToEaster(DateTime date)
    {
        var weeks = Math.Round((Easter(date.Year) - date).TotalDays / 7);
        return Math.Abs(weeks) <= 6 ? weeks : double.NaN;
    }

    /// <summary>Gauss's rule as Meeus gives it.</summary>
    static DateTime Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        return new(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    }
}
