namespace Kaggle.Core.Data;

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
            var orders = kind == ColumnKind.Date ? DateCell.ReadingsOf(cell) : 0;
            if (kind == ColumnKind.Number ? NumberCell.ReadingsOf(cell, out numbers[row]) == 0
                : orders == 0 || !DateCell.TryRead(cell, orders & (Readings)(-(int)orders), out ticks[row]))
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
                orders &= DateCell.ReadingsOf(Cell.Trim(System.Text.Encoding.UTF8.GetBytes(text)));
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
