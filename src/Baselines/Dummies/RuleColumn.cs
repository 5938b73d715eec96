using Kaggle.Core.Data;

namespace Kaggle.Baselines.Dummies;

/// <summary>A column cut into places: its levels, or ranges of its numbers or dates; place 0 is "missing or never seen".</summary>
/// <param name="Name">The column.</param>
/// <param name="Levels">Of a category, those met in training; else null.</param>
/// <param name="Cuts">Of numbers and dates the inner bounds, ascending; a value equal to a bound lies above it. Else null.</param>
sealed record RuleColumn(string Name, string[]? Levels, double[]? Cuts)
{
    public int Count => 1 + (Levels?.Length ?? Cuts!.Length + 1);

    /// <returns>Null for kinds that cannot be cut.</returns>
    public static RuleColumn? Of(Column column, int ranges) => column switch
    {
        CategoryColumn category => new(column.Name, [.. category.Codes.ToArray().Where(c => c >= 0).Distinct().Order().Select(c => category.Levels[c])], null),
        NumberColumn or DateColumn => new(column.Name, null, Bounds(Values(column), ranges)),
        _ => null,
    };

    /// <returns>(rows) the place of each row.</returns>
    public int[] Places(Column column)
    {
        if (Levels is null)
            return Array.ConvertAll(Values(column), x => double.IsNaN(x) ? 0 : 1 + Below(x));
        var category = column as CategoryColumn ?? throw new InputException($"Column '{Name}' held categories in training and does not now.");
        var byName = new Dictionary<string, int>();
        for (var i = 0; i < Levels.Length; i++) byName[Levels[i]] = i + 1;
        var byCode = category.Levels.Select(level => byName.GetValueOrDefault(level)).ToArray();
        return Array.ConvertAll(category.Codes.ToArray(), code => code < 0 ? 0 : byCode[code]);
    }

    /// <returns>How many bounds lie at or below the value.</returns>
    int Below(double value)
    {
        var at = Array.BinarySearch(Cuts!, value);
        return at >= 0 ? at + 1 : ~at;
    }

    static double[] Bounds(double[] values, int ranges)
    {
        var sorted = values.Where(x => !double.IsNaN(x)).Order().ToArray();
        if (sorted.Length == 0) return [];
        return [.. Enumerable.Range(1, ranges - 1).Select(i => sorted[(int)((long)i * sorted.Length / ranges)]).Distinct().Where(x => x > sorted[0])];
    }

    static double[] Values(Column column) => column switch
    {
        NumberColumn numbers => Array.ConvertAll(numbers.Values.ToArray(), x => (double)x),
        DateColumn dates => Array.ConvertAll(dates.Ticks.ToArray(), x => x == DateColumn.Missing ? double.NaN : x),
        _ => throw new InputException($"Column '{column.Name}' held numbers or dates in training and does not now."),
    };
}
