using System.Globalization;

namespace Kaggle.Core.Data;

/// <summary>Moments as ticks of <see cref="DateTime"/>, without a time zone; <see cref="DateColumn.Missing"/> is missing.</summary>
public sealed class DateValues(string name, ReadOnlyMemory<long> ticks) : TableColumn(name, ValueKind.Date, ticks.Length)
{
    public ReadOnlyMemory<long> Ticks { get; } = ticks;

    public override bool IsMissing(int row) => Ticks.Span[row] == DateColumn.Missing;

    public override string? TextAt(int row) => Ticks.Span[row] is var moment && moment == DateColumn.Missing ? null
        : new DateTime(moment).ToString(moment % TimeSpan.TicksPerDay == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    public override TableColumn Take(ReadOnlySpan<int> rows) => new DateValues(Name, Gather(Ticks.Span, rows));

    public override TableColumn Named(string name) => new DateValues(name, Ticks);

    public override Column ToColumn() => new DateColumn(Name, Ticks);
}
