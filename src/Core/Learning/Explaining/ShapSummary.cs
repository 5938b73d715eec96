using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>What each column added to the predictions of validation rows, on the model's raw scale (log odds, the learned number).</summary>
/// <param name="Rows">How many rows were explained.</param>
/// <param name="Outputs">What the outputs are called: one, or the classes.</param>
/// <param name="Columns">The strongest first.</param>
/// <remarks>Lundberg and Lee 2017; the contributions are the learner's own (<see cref="IExplainable"/>).</remarks>
public sealed record ShapSummary(int Rows, IReadOnlyList<string> Outputs, IReadOnlyList<ShapColumn> Columns)
{
    const int MostRows = 500;
    const int MostPoints = 300;
    const int MostColumns = 15;

    /// <returns>Null when the models cannot say.</returns>
    public static ShapSummary? Of(IReadOnlyList<ExplainedFold> folds, IReadOnlyList<string> outputs, int seed, CancellationToken cancel = default)
    {
        if (folds.Any(f => f.Model is not IExplainable)) return null;
        var columns = new Dictionary<string, ColumnContributions>();
        var rows = 0;
        foreach (var fold in folds)
        {
            cancel.ThrowIfCancellationRequested();
            var sample = fold.Sample(Math.Max(1, MostRows / folds.Count), seed).Rows;
            var model = (IExplainable)fold.Model;
            var contributions = model.Contributions(sample);
            var names = model.Explained;
            for (var c = 0; c < names.Count; c++)
            {
                if (!columns.TryGetValue(names[c], out var gathered)) columns[names[c]] = gathered = new(outputs.Count);
                for (var i = 0; i < sample.Rows; i++)
                    for (var o = 0; o < outputs.Count; o++)
                        gathered.Add(rows + i, o, contributions[i, o * (names.Count + 1) + c]);
                gathered.Values.AddRange(Ordered(sample, names[c]));
            }
            rows += sample.Rows;
        }
        var shown = Sampling.Of(rows, MostPoints, seed);
        return new(rows, outputs,
        [
            .. columns.Select(c => c.Value.Summary(c.Key, rows, outputs.Count == 1 ? shown : []))
                .OrderByDescending(c => c.MeanAbsolute.Sum()).ThenBy(c => c.Column, StringComparer.Ordinal).Take(MostColumns),
        ]);
    }

    // Categories have no order to colour by.
    static IEnumerable<double> Ordered(Dataset rows, string name) =>
        !rows.Has(name) ? Enumerable.Repeat(double.NaN, rows.Rows) : rows[name] switch
        {
            NumberColumn number => number.Values.ToArray().Select(x => (double)x),
            DateColumn date => date.Ticks.ToArray().Select(t => t == DateColumn.Missing ? double.NaN : t),
            _ => Enumerable.Repeat(double.NaN, rows.Rows),
        };

    sealed class ColumnContributions(int outputs)
    {
        readonly double[] absolute = new double[outputs];
        readonly Dictionary<int, double> first = [];             // row → contribution to the first output

        public List<double> Values { get; } = [];

        public void Add(int row, int output, double contribution)
        {
            absolute[output] += Math.Abs(contribution);
            if (output == 0) first[row] = contribution;
        }

        // A column made inside a fold (one-hot of a rare level) may lack rows of other folds: it added nothing there.
        public ShapColumn Summary(string name, int rows, int[] shown)
        {
            var sorted = Values.Where(v => !double.IsNaN(v)).Order().ToArray();
            var known = Values.Count == rows;
            return new(name, Array.ConvertAll(absolute, a => a / rows),
                [.. shown.Select(i => first.GetValueOrDefault(i))],
                [.. shown.Select(i => known && !double.IsNaN(Values[i]) ? Standing(sorted, Values[i]) : null)]);
        }

        static double? Standing(double[] sorted, double value)
        {
            if (sorted[0] == sorted[^1]) return 0.5;
            int below = FirstAtLeast(sorted, value), upTo = FirstAtLeast(sorted, Math.BitIncrement(value));
            return Math.Round((below + upTo - 1) / 2.0 / (sorted.Length - 1), 3);
        }

        static int FirstAtLeast(double[] sorted, double value)
        {
            int low = 0, high = sorted.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sorted[middle] < value) low = middle + 1; else high = middle;
            }
            return low;
        }
    }
}

/// <param name="Column">The column's name.</param>
/// <param name="MeanAbsolute">(outputs) the mean absolute contribution.</param>
/// <param name="Contributions">(sampled rows) the first output's contributions; empty when there are several outputs.</param>
/// <param name="Values">(sampled rows) where the row's value stands among the others, 0 lowest to 1 highest; null when missing or without an order.</param>
public sealed record ShapColumn(
    string Column, IReadOnlyList<double> MeanAbsolute, IReadOnlyList<double> Contributions, IReadOnlyList<double?> Values);
