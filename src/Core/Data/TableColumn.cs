using System.Collections.Immutable;
using System.Globalization;

namespace Kaggle.Core.Data;

/// <summary>What the values of a table's column are, as they stand in the file.</summary>
public enum ValueKind
{
    Number,

    /// <summary>Numbers written without a point.</summary>
    Integer,

    /// <summary>true and false; 0 and 1 are integers.</summary>
    Boolean,

    Date,
    Category,
    Text,
}

/// <summary>One column of a <see cref="Table"/>, before features: closer to the file than a <see cref="Column"/>. Immutable.</summary>
public abstract class TableColumn(string name, ValueKind values, int rows)
{
    public string Name { get; } = name;

    public ValueKind Values { get; } = values;

    public int Rows { get; } = rows;

    /// <summary>The kind that learners see.</summary>
    public ColumnKind Kind => Values switch
    {
        ValueKind.Date => ColumnKind.Date,
        ValueKind.Category => ColumnKind.Category,
        ValueKind.Text => ColumnKind.Text,
        _ => ColumnKind.Number,
    };

    public abstract bool IsMissing(int row);

    /// <returns>The value in invariant text; null when missing.</returns>
    public abstract string? TextAt(int row);

    public abstract TableColumn Take(ReadOnlySpan<int> rows);

    public abstract TableColumn Named(string name);

    /// <returns>The column that learners see: booleans as 0 and 1, infinities as missing.</returns>
    public abstract Column ToColumn();

    /// <returns>The same values as another kind.</returns>
    /// <exception cref="InputException">They cannot be read so.</exception>
    public TableColumn As(ColumnKind kind, string table = "table")
    {
        if (kind == Kind) return this;
        if (kind is ColumnKind.Category or ColumnKind.Text or ColumnKind.Image)
        {
            string?[] texts = [.. Enumerable.Range(0, Rows).Select(TextAt)];
            return kind == ColumnKind.Category ? Levels.Category(Name, texts) : new TextValues(Name, texts);
        }
        var (numbers, ticks) = (new double[Rows], new long[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            (numbers[row], ticks[row]) = (double.NaN, DateColumn.Missing);
            if (TextAt(row) is not { } text) continue;
            var cell = Cell.Trim(System.Text.Encoding.UTF8.GetBytes(text));
            var orders = kind == ColumnKind.Date ? Cell.DateReadings(cell) : 0;
            if (kind == ColumnKind.Number ? Cell.NumberReadings(cell, out numbers[row]) == 0
                : orders == 0 || !Cell.TryDate(cell, orders & (Readings)(-(int)orders), out ticks[row]))
                throw new InputException($"{table}, row {row + 1}, column '{Name}': '{text}' is not a {kind.ToString().ToLowerInvariant()}; do not state the column's kind.");
        }
        return kind == ColumnKind.Number ? new NumberValues(Name, ValueKind.Number, numbers) : new DateValues(Name, ticks);
    }

    /// <returns>Whether every value that is there reads as a date, all in one order of day and month.</returns>
    internal bool ReadsAsDates()
    {
        var orders = Readings.IsoDate | Readings.MonthFirst | Readings.DayFirst;
        var some = false;
        for (var row = 0; row < Rows && orders != 0; row++)
            if (TextAt(row) is { } text)
            {
                orders &= Cell.DateReadings(Cell.Trim(System.Text.Encoding.UTF8.GetBytes(text)));
                some = true;
            }
        return some && orders != 0;
    }

    /// <returns>These rows, then the other's; numbers of two kinds become the wider.</returns>
    /// <exception cref="InputException">The columns are of different kinds, or their levels differ.</exception>
    internal TableColumn Stack(TableColumn other) => (this, other) switch
    {
        (NumberValues a, NumberValues b) => new NumberValues(Name, a.Values == b.Values ? a.Values : ValueKind.Number, Joined(a.Numbers, b.Numbers)),
        (CategoryValues a, CategoryValues b) when a.Levels.SequenceEqual(b.Levels) => new CategoryValues(Name, Joined(a.Codes, b.Codes), a.Levels),
        (DateValues a, DateValues b) => new DateValues(Name, Joined(a.Ticks, b.Ticks)),
        (TextValues a, TextValues b) => new TextValues(Name, Rows + b.Rows, new Lazy<string?[]>(() => Joined(a.Texts, b.Texts))),
        _ => throw new InputException($"Column '{Name}' is a {Values} here and a {other.Values} there; read both files together."),
    };

    static T[] Joined<T>(ReadOnlyMemory<T> a, ReadOnlyMemory<T> b) => [.. a.Span, .. b.Span];

    private protected static T[] Gather<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = from[rows[i]];
        return taken;
    }
}

/// <summary>Numbers, integers or booleans; NaN is missing. Integers are exact up to 2⁵³.</summary>
public sealed class NumberValues(string name, ValueKind values, ReadOnlyMemory<double> numbers) : TableColumn(name, values, numbers.Length)
{
    public ReadOnlyMemory<double> Numbers { get; } = numbers;

    public override bool IsMissing(int row) => double.IsNaN(Numbers.Span[row]);

    public override string? TextAt(int row) => Numbers.Span[row] is var number && double.IsNaN(number) ? null
        : Values == ValueKind.Boolean ? number != 0 ? "true" : "false"
        : number.ToString(CultureInfo.InvariantCulture);

    public override TableColumn Take(ReadOnlySpan<int> rows) => new NumberValues(Name, Values, Gather(Numbers.Span, rows));

    public override TableColumn Named(string name) => new NumberValues(name, Values, Numbers);

    public override Column ToColumn()
    {
        var from = Numbers.Span;
        var floats = new float[from.Length];
        for (var i = 0; i < floats.Length; i++)
            floats[i] = double.IsInfinity(from[i]) ? float.NaN : (float)Math.Clamp(from[i], float.MinValue, float.MaxValue);
        return new NumberColumn(Name, floats);
    }

    /// <returns>The least and the greatest finite value; null when there is none.</returns>
    public (double Least, double Greatest)? Range()
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var number in Numbers.Span)
            if (double.IsFinite(number)) (least, greatest) = (Math.Min(least, number), Math.Max(greatest, number));
        return least <= greatest ? (least, greatest) : null;
    }
}

/// <summary>Few different texts; levels are in numeric order where all are numbers, else ordinal. −1 is missing.</summary>
public sealed class CategoryValues(string name, ReadOnlyMemory<int> codes, ImmutableArray<string> levels)
    : TableColumn(name, ValueKind.Category, codes.Length)
{
    public ReadOnlyMemory<int> Codes { get; } = codes;

    public ImmutableArray<string> Levels { get; } = levels;

    public override bool IsMissing(int row) => Codes.Span[row] < 0;

    public override string? TextAt(int row) => Codes.Span[row] is var code and >= 0 ? Levels[code] : null;

    public override TableColumn Take(ReadOnlySpan<int> rows) => new CategoryValues(Name, Gather(Codes.Span, rows), Levels);

    public override TableColumn Named(string name) => new CategoryValues(name, Codes, Levels);

    public override Column ToColumn() => new CategoryColumn(Name, Codes, Levels);
}

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

/// <summary>Free text, or many different short ones (tickets, ids); null is missing.</summary>
/// <remarks>The strings of a file are made when they are first asked for: much text is read and never looked at.</remarks>
public sealed class TextValues : TableColumn
{
    readonly Lazy<string?[]> texts;

    public TextValues(string name, string?[] texts) : this(name, texts.Length, new Lazy<string?[]>(texts)) { }

    internal TextValues(string name, int rows, Lazy<string?[]> texts) : base(name, ValueKind.Text, rows) => this.texts = texts;

    public ReadOnlyMemory<string?> Texts => texts.Value;

    public override bool IsMissing(int row) => texts.Value[row] is null;

    public override string? TextAt(int row) => texts.Value[row];

    public override TableColumn Take(ReadOnlySpan<int> rows) => new TextValues(Name, Gather<string?>(texts.Value, rows));

    public override TableColumn Named(string name) => new TextValues(name, Rows, texts);

    public override Column ToColumn() => new TextColumn(Name, texts.Value);
}
