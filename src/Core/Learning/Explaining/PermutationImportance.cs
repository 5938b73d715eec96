using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>How much a score owes to each column: the column's values are dealt out to other rows of the same fold, and the score is taken again.</summary>
/// <remarks>Breiman 2001, on validation rows. Of two columns that say the same, each hides the other.</remarks>
public static class PermutationImportance
{
    const int Repeats = 5;
    const int MostRows = 2000;

    // Rows predicted in all: at some 20 µs a row of boosted trees, about three seconds.
    const int Budget = 150_000;

    /// <param name="folds">Models of one learner.</param>
    /// <param name="score">The metric of predictions, on the table's own scale, of training rows by number.</param>
    /// <param name="higherIsBetter">Which way the metric points.</param>
    /// <param name="scale">The scale that the models learned on.</param>
    /// <returns>The score of the sampled rows as they are, how many they were, and the columns, the most important first; no columns where the metric is not defined on the sample.</returns>
    public static (double Score, int Rows, IReadOnlyList<ColumnImportance> Columns) Of(
        IReadOnlyList<ExplainedFold> folds, Func<Predictions, int[], double> score, bool higherIsBetter, Scale scale, int seed, CancellationToken cancel = default)
    {
        var columns = folds[0].Validation.Columns.Select(c => c.Name).ToArray();
        var most = Math.Clamp(Budget / Math.Max(1, columns.Length * Repeats), 200, MostRows);
        var samples = folds.Select(f => f.Sample(Math.Max(1, most / folds.Count), seed)).ToArray();
        int[] rows = [.. samples.SelectMany(s => s.Numbers)];
        double Score(Func<SampledRows, Dataset> change) => score(Joined([.. samples.Select(s => s.Predict(change(s), scale))]), rows);
        try
        {
            var plain = Score(s => s.Rows);
            var found = new List<ColumnImportance>();
            foreach (var column in columns)
            {
                var drops = new double[Repeats];
                for (var r = 0; r < Repeats; r++)
                {
                    cancel.ThrowIfCancellationRequested();
                    var random = new Random(unchecked(seed + r));
                    var dealt = Score(s => s.With(s.Rows[column].Take(Dealt(s.Rows.Rows, random))));
                    drops[r] = higherIsBetter ? plain - dealt : dealt - plain;
                }
                var mean = drops.Average();
                found.Add(new(column, mean, Math.Sqrt(drops.Sum(d => (d - mean) * (d - mean)) / (Repeats - 1))));
            }
            return (plain, rows.Length, [.. found.OrderByDescending(f => f.Drop)]);
        }
        catch (InputException)
        {
            return (double.NaN, rows.Length, []);            // a class is absent from the sample, say
        }
    }

    static int[] Dealt(int rows, Random random)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        random.Shuffle(order);
        return order;
    }

    static Predictions Joined(Predictions[] parts)
    {
        var values = new float[parts.Sum(p => p.Values.Values.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Values.Values.Span.CopyTo(values.AsSpan(at));
            at += part.Values.Values.Length;
        }
        return new(parts[0].Kind, new(values, parts[0].Outputs));
    }
}
