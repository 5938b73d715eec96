using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>A column as buckets of like values: levels, or quantiles of numbers; missing is a bucket of its own.</summary>
/// <param name="Of">(rows) 0 … count − 1.</param>
/// <param name="Count">How many there are.</param>
sealed record BucketedColumn(int[] Of, int Count);

static class ColumnBuckets
{
    const int Quantiles = 64;

    /// <returns>Null for text and images.</returns>
    public static BucketedColumn? Of(Column column) => column switch
    {
        NumberColumn numbers => OfNumbers(numbers.Values.Span),
        DateColumn dates => OfNumbers(Array.ConvertAll(dates.Ticks.ToArray(), ticks => ticks == DateColumn.Missing ? float.NaN : (float)(ticks / (double)TimeSpan.TicksPerHour))),
        CategoryColumn codes => new(Array.ConvertAll(codes.Codes.ToArray(), code => code < 0 ? codes.Levels.Length : code), codes.Levels.Length + 1),
        _ => null,
    };

    public static BucketedColumn OfNumbers(ReadOnlySpan<float> values)
    {
        var ranks = Ranking.Mean(values);
        var present = 0;
        foreach (var value in values) present += float.IsNaN(value) ? 0 : 1;
        var of = new int[values.Length];
        for (var row = 0; row < of.Length; row++)
            of[row] = float.IsNaN(values[row]) ? Quantiles : (int)((ranks[row] - 0.5) * Quantiles / present);
        return new(of, Quantiles + 1);
    }
}
