using Kaggle.Core.Data;
using MathNet.Numerics;

namespace Kaggle.Core.Validation;

/// <summary>Columns that are distributed differently in train and test, each looked at alone.</summary>
/// <remarks>
/// Numbers and dates by Kolmogorov and Smirnov's greatest distance between distribution functions, categories by the share of rows that would have to change level;
/// missing is a value like others. What is small, or as likely by chance as one in a thousand over all columns, is passed over.
/// </remarks>
static class Shift
{
    const double Least = 0.1, Chance = 0.001;

    const int Named = 5;

    public static IEnumerable<Warning> Find(Dataset train, Dataset test)
    {
        var found = new List<(string Column, double Distance)>();
        foreach (var column in train.Columns)
        {
            if (!test.Has(column.Name)) continue;
            var distance = (train[column.Name], test[column.Name]) switch
            {
                (NumberColumn a, NumberColumn b) => Numbers(a.Values.ToArray(), b.Values.ToArray(), train.Columns.Length),
                (DateColumn a, DateColumn b) => Numbers(Hours(a), Hours(b), train.Columns.Length),
                (CategoryColumn a, CategoryColumn b) => Levels(a, b, train.Columns.Length),
                _ => 0,
            };
            if (distance >= Least) found.Add((column.Name, distance));
        }
        if (found.Count == 0) yield break;
        var most = found.OrderByDescending(f => f.Distance).Take(Named).Select(f => FormattableString.Invariant($"'{f.Column}' {f.Distance:0.00}"));
        yield return new(found.Any(f => f.Distance >= 0.3) ? "warning" : "note", "shifted-columns",
            $"{found.Count} columns are distributed differently in train and test (distance, 0 to 1): {string.Join(", ", most)}{(found.Count > Named ? ", …" : "")}. If test comes later, validate in time; drop or transform what only marks the time.");
    }

    static float[] Hours(DateColumn dates) =>
        Array.ConvertAll(dates.Ticks.ToArray(), ticks => ticks == DateColumn.Missing ? float.NaN : (float)(ticks / (double)TimeSpan.TicksPerHour));

    /// <returns>The greatest distance; 0 where chance explains it.</returns>
    static double Numbers(float[] a, float[] b, int columns)
    {
        var both = Array.ConvertAll<float, float>([.. a, .. b], value => float.IsNaN(value) ? float.NegativeInfinity : value);
        var order = Ranking.Order(both);
        var (inA, inB, distance) = (0, 0, 0.0);
        for (var i = 0; i < order.Length; i++)
        {
            if (order[i] < a.Length) inA++;
            else inB++;
            if (i + 1 < order.Length && both[order[i + 1]] == both[order[i]]) continue;
            distance = Math.Max(distance, Math.Abs((double)inA / a.Length - (double)inB / b.Length));
        }
        var effective = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        var chance = 2 * Math.Exp(-2 * Math.Pow(effective * distance, 2));          // the first term of Kolmogorov's series
        return chance * columns < Chance ? distance : 0;
    }

    /// <returns>Half the sum of differences between shares; 0 where chance explains it (χ²).</returns>
    static double Levels(CategoryColumn a, CategoryColumn b, int columns)
    {
        var (left, right) = (Shares(a), Shares(b));
        var (distance, squares, levels) = (0.0, 0.0, 0);
        foreach (var level in left.Keys.Union(right.Keys))
        {
            double x = left.GetValueOrDefault(level), y = right.GetValueOrDefault(level);
            distance += Math.Abs(x / a.Rows - y / b.Rows) / 2;
            squares += Math.Pow(Math.Sqrt((double)b.Rows / a.Rows) * x - Math.Sqrt((double)a.Rows / b.Rows) * y, 2) / (x + y);
            levels++;
        }
        if (levels < 2) return 0;
        var chance = 1 - SpecialFunctions.GammaLowerRegularized((levels - 1) / 2.0, squares / 2);
        return chance * columns < Chance ? distance : 0;
    }

    static Dictionary<string, int> Shares(CategoryColumn column) =>
        column.Codes.ToArray().CountBy(code => code < 0 ? "" : "=" + column.Levels[code]).ToDictionary();
}
