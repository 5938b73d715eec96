namespace Kaggle.Core.Data;

/// <summary>The columns that say how rows belong together, apart from features.</summary>
sealed record Roles(
    ReadOnlyMemory<float>? TrainWeights, ReadOnlyMemory<int>? TrainGroups, ReadOnlyMemory<int>? TestGroups, ReadOnlyMemory<long>? TrainTime, ReadOnlyMemory<long>? TestTime)
{
    public static Roles Of(Table train, Table test, ColumnOptions options)
    {
        var groups = new Dictionary<string, int>();
        return new(
            options.Weight is { } weight ? Weights(train, weight) : null,
            options.Group is { } group ? Groups(train[group], groups) : null,
            options.Group is { } g && test.Find(g) is { } inTest ? Groups(inTest, groups) : null,
            options.Time is { } time ? Time(train, time) : null,
            options.Time is { } t && test.Has(t) ? Time(test, t) : null);
    }

    static ReadOnlyMemory<float>? Weights(Table table, string name)
    {
        var numbers = ((NumberValues)table[name].As(ColumnKind.Number, table.Name)).Numbers.Span;
        var wrong = numbers.IndexOfAnyExceptInRange(0, float.MaxValue);
        if (wrong >= 0) throw new InputException($"{table.Name}, line {table.LineOf(wrong)}: the weight '{name}' is {table[name].TextAt(wrong) ?? "missing"}; weights are numbers from 0.");
        return Array.ConvertAll(numbers.ToArray(), n => (float)n);
    }

    /// <summary>A row without a group is a group of its own.</summary>
    static ReadOnlyMemory<int>? Groups(TableColumn column, Dictionary<string, int> numbers)
    {
        var groups = new int[column.Rows];
        for (var row = 0; row < groups.Length; row++)
        {
            var key = column.TextAt(row) ?? $"\0{column.Name} {numbers.Count}";
            groups[row] = numbers.TryGetValue(key, out var number) ? number : numbers[key] = numbers.Count;
        }
        return groups;
    }

    static ReadOnlyMemory<long>? Time(Table table, string name)
    {
        var column = table[name];
        for (var row = 0; row < column.Rows; row++)
            if (column.IsMissing(row)) throw new InputException($"{table.Name}, line {table.LineOf(row)}: the time '{name}' is missing.");
        if (column is TextValues && column.ReadsAsDates()) column = column.As(ColumnKind.Date, table.Name);   // an id that is the time, too
        if (column is DateValues dates) return dates.Ticks;
        if (column is not NumberValues numbers) throw new InputException($"{table.Name}: the time '{name}' holds words; it must hold dates or numbers.");
        var scale = numbers.Values == ValueKind.Integer ? 1 : 1e6;      // only the order counts, and the width of a gap in the column's own unit
        return Array.ConvertAll(numbers.Numbers.ToArray(), n => (long)Math.Round(n * scale));
    }
}
