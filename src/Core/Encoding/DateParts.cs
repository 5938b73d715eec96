using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Takes dates apart into numbers: "Sold_year", "Sold_weekday", "Sold_days" … Parts that do not vary in training, or are columns already, are left out.</summary>
/// <remarks>Months and days count from 1, weekdays from Monday = 0. Missing dates become missing numbers. fastai's add_datepart, plus the circle.</remarks>
public sealed record DateParts : IEncoder
{
    /// <summary>The date columns to take apart; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>Year, quarter, month, day, weekday, day of the year, first and last of the month, hour, minute.</summary>
    public bool Calendar { get; init; } = true;

    /// <summary>Sine and cosine of month, weekday, day of the year and hour, so that December lies beside January.</summary>
    public bool Cyclic { get; init; } = true;

    /// <summary>Days since the first training date, with fractions.</summary>
    public bool Elapsed { get; init; } = true;

    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new FittedDateParts([.. train.Chosen<DateColumn>(Columns).Select(c => Of(c, train))]);
        return new(fitted, fitted.Transform(train));
    }

    FittedDateParts.Column Of(DateColumn column, Dataset train)
    {
        var first = long.MaxValue;
        foreach (var ticks in column.Ticks.Span)
            if (ticks != DateColumn.Missing) first = Math.Min(first, ticks);
        var asked = Enum.GetValues<DatePart>().Where(part =>
            part == DatePart.Days ? Elapsed : part >= DatePart.MonthSin ? Cyclic : Calendar);
        var start = first == long.MaxValue ? 0 : first;
        return new(column.Name, start, [.. asked.Where(part => !train.Has(FittedDateParts.Called(column.Name, part)) && (part == DatePart.Days || Varies(column, part, start)))]);
    }

    static bool Varies(DateColumn column, DatePart part, long first)
    {
        var seen = float.NaN;
        foreach (var ticks in column.Ticks.Span)
        {
            if (ticks == DateColumn.Missing) continue;
            var value = FittedDateParts.Of(ticks, part, first);
            if (float.IsNaN(seen)) seen = value;
            else if (seen != value) return true;
        }
        return false;
    }
}

public enum DatePart
{
    Year,
    Quarter,
    Month,
    Day,
    Weekday,
    YearDay,
    MonthStart,
    MonthEnd,
    Hour,
    Minute,
    Days,
    MonthSin,
    MonthCos,
    WeekdaySin,
    WeekdayCos,
    YearDaySin,
    YearDayCos,
    HourSin,
    HourCos,
}

/// <summary>See <see cref="DateParts"/>.</summary>
public sealed record FittedDateParts(IReadOnlyList<FittedDateParts.Column> Columns) : IFittedEncoder
{
    /// <param name="Name">The date column.</param>
    /// <param name="First">Ticks that <see cref="DatePart.Days"/> counts from.</param>
    /// <param name="Parts">What it is taken apart into.</param>
    public sealed record Column(string Name, long First, IReadOnlyList<DatePart> Parts);

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column =>
        {
            var (name, first, parts) = byName[column.Name];
            var ticks = column.As<DateColumn>().Ticks;
            return parts.Select(part => new NumberColumn(Called(name, part), Values(ticks.Span, part, first)));
        });
    }

    internal static string Called(string column, DatePart part) => $"{column}_{part.ToString().ToLowerInvariant()}";

    static float[] Values(ReadOnlySpan<long> ticks, DatePart part, long first)
    {
        var values = new float[ticks.Length];
        for (var i = 0; i < values.Length; i++) values[i] = ticks[i] == DateColumn.Missing ? float.NaN : Of(ticks[i], part, first);
        return values;
    }

    internal static float Of(long ticks, DatePart part, long first)
    {
        var at = new DateTime(ticks);
        return part switch
        {
            DatePart.Year => at.Year,
            DatePart.Quarter => (at.Month + 2) / 3,
            DatePart.Month => at.Month,
            DatePart.Day => at.Day,
            DatePart.Weekday => Weekday(at),
            DatePart.YearDay => at.DayOfYear,
            DatePart.MonthStart => at.Day == 1 ? 1 : 0,
            DatePart.MonthEnd => at.Day == DateTime.DaysInMonth(at.Year, at.Month) ? 1 : 0,
            DatePart.Hour => at.Hour,
            DatePart.Minute => at.Minute,
            DatePart.Days => (float)((ticks - first) / (double)TimeSpan.TicksPerDay),
            DatePart.MonthSin => Sin((at.Month - 1) / 12.0),
            DatePart.MonthCos => Cos((at.Month - 1) / 12.0),
            DatePart.WeekdaySin => Sin(Weekday(at) / 7.0),
            DatePart.WeekdayCos => Cos(Weekday(at) / 7.0),
            DatePart.YearDaySin => Sin((at.DayOfYear - 1) / 365.25),
            DatePart.YearDayCos => Cos((at.DayOfYear - 1) / 365.25),
            DatePart.HourSin => Sin(at.TimeOfDay.TotalHours / 24),
            DatePart.HourCos => Cos(at.TimeOfDay.TotalHours / 24),
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };
    }

    static int Weekday(DateTime at) => ((int)at.DayOfWeek + 6) % 7;

    static float Sin(double turn) => (float)Math.Sin(2 * Math.PI * turn);

    static float Cos(double turn) => (float)Math.Cos(2 * Math.PI * turn);
}
