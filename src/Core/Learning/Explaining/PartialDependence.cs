using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>The mean prediction when a column is set to one value after the other, all else as it is.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="At">(points) the numbers set, dates as ticks; empty for categories.</param>
/// <param name="Levels">(points) the levels set; empty for numbers.</param>
/// <param name="Share">(points) how common the value is: the share of rows that lie nearest to it.</param>
/// <param name="Lines">One an output.</param>
/// <remarks>Friedman 2001. Where columns go together it asks about rows that cannot be: read it beside the shares.</remarks>
public sealed record PartialDependence(
    string Column, IReadOnlyList<double> At, IReadOnlyList<string> Levels, IReadOnlyList<double> Share, IReadOnlyList<DependenceLine> Lines)
{
    const int MostRows = 300;
    const int Points = 16;
    const int MostLevels = 10;
    const int MostLines = 6;

    /// <param name="column">A number, category or date that the models' rows have.</param>
    /// <param name="outputs">What the outputs are called.</param>
    /// <param name="scale">The scale that the models learned on.</param>
    /// <returns>Null when the column has no value, one only, or a kind that cannot be set.</returns>
    public static PartialDependence? Of(
        IReadOnlyList<ExplainedFold> folds, string column, IReadOnlyList<string> outputs, Scale scale, int seed, CancellationToken cancel = default)
    {
        var samples = folds.Select(f => f.Sample(Math.Max(1, MostRows / folds.Count), seed)).ToArray();
        if (Grid.Of([.. samples.Select(s => s.Rows[column])]) is not { } grid) return null;

        var lines = Math.Min(outputs.Count, MostLines);
        var byFold = new double[lines, folds.Count, grid.Count];
        for (var f = 0; f < samples.Length; f++)
            for (var p = 0; p < grid.Count; p++)
            {
                cancel.ThrowIfCancellationRequested();
                var predicted = samples[f].Predict(samples[f].With(grid.Set(p, samples[f].Rows.Rows)), scale);
                for (var o = 0; o < lines; o++)
                    for (var i = 0; i < predicted.Rows; i++) byFold[o, f, p] += predicted[i, o] / (double)predicted.Rows;
            }
        var rows = samples.Sum(s => s.Rows.Rows);
        return new(column, grid.At, grid.Levels, grid.Share,
        [
            .. from o in Enumerable.Range(0, lines)
               select new DependenceLine(outputs[o],
                   [.. from p in Enumerable.Range(0, grid.Count) select Enumerable.Range(0, samples.Length).Sum(f => byFold[o, f, p] * samples[f].Rows.Rows / rows)],
                   [.. from f in Enumerable.Range(0, samples.Length) select Enumerable.Range(0, grid.Count).Select(p => byFold[o, f, p]).ToArray()]),
        ]);
    }

    /// <summary>The values set, one after the other.</summary>
    sealed record Grid(IReadOnlyList<double> At, IReadOnlyList<string> Levels, IReadOnlyList<double> Share, Func<int, int, Column> Set)
    {
        public int Count => Share.Count;

        public static Grid? Of(IReadOnlyList<Column> parts) => parts[0] switch
        {
            NumberColumn => Numbers([.. parts.SelectMany(p => ((NumberColumn)p).Values.ToArray()).Where(x => !float.IsNaN(x)).Select(x => (double)x).Order()],
                (value, rows) => new NumberColumn(parts[0].Name, Enumerable.Repeat((float)value, rows).ToArray())),
            DateColumn => Numbers([.. parts.SelectMany(p => ((DateColumn)p).Ticks.ToArray()).Where(t => t != DateColumn.Missing).Select(t => (double)t).Order()],
                (value, rows) => new DateColumn(parts[0].Name, Enumerable.Repeat((long)value, rows).ToArray())),
            CategoryColumn category => Categories(category, [.. parts.SelectMany(p => ((CategoryColumn)p).Codes.ToArray()).Where(c => c >= 0)]),
            _ => null,
        };

        static Grid? Numbers(double[] sorted, Func<double, int, Column> set)
        {
            if (sorted.Length == 0 || sorted[0] == sorted[^1]) return null;
            var distinct = sorted.Distinct().ToArray();
            // From the 2nd to the 98th percentile: beyond, a handful of rows would draw most of the line.
            var at = distinct.Length <= Points
                ? distinct
                : [.. Enumerable.Range(0, Points).Select(i => Sampling.Quantile(sorted, 0.02 + 0.96 * i / (Points - 1))).Distinct()];
            if (at.Length < 2) return null;
            var share = new double[at.Length];
            var nearest = 0;
            foreach (var value in sorted)
            {
                while (nearest + 1 < at.Length && at[nearest + 1] - value < value - at[nearest]) nearest++;
                share[nearest] += 1.0 / sorted.Length;
            }
            return new(at, [], share, (p, rows) => set(at[p], rows));
        }

        static Grid? Categories(CategoryColumn column, int[] codes)
        {
            var common = codes.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostLevels).ToArray();
            if (common.Length < 2) return null;
            return new([], [.. common.Select(g => column.Levels[g.Key])], [.. common.Select(g => (double)g.Count() / codes.Length)],
                (p, rows) => new CategoryColumn(column.Name, Enumerable.Repeat(common[p].Key, rows).ToArray(), column.Levels));
        }
    }
}

/// <param name="Output">What the output is called: the target, or a class.</param>
/// <param name="Mean">(points) over the rows of all folds, on the table's own scale.</param>
/// <param name="Folds">(folds, points) the same fold by fold: how far the models agree.</param>
public sealed record DependenceLine(string Output, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<double>> Folds);
