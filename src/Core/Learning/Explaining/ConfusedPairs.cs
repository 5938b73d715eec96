using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>The classes that were taken for others most often, of all classes however many there are.</summary>
/// <param name="Pairs">The most frequent first.</param>
/// <param name="More">How many further pairs there are.</param>
/// <param name="Mistakes">Wrong rows in all.</param>
public sealed record ConfusedPairs(IReadOnlyList<ConfusedPair> Pairs, int More, int Mistakes)
{
    const int Most = 15;

    /// <param name="answers">Of all training rows.</param>
    /// <param name="predictions">Out of fold; NaN where a row has none.</param>
    /// <param name="labels">(training rows, 1) class codes decided on.</param>
    /// <param name="id">A row's id.</param>
    /// <param name="cells">A row's cells.</param>
    /// <returns>Null of two classes, whose two pairs stand in the confusion; and where there is no class or no mistake.</returns>
    public static ConfusedPairs? Of(
        TargetValues answers, Predictions predictions, Matrix labels, Func<int, string> id, Func<int, IReadOnlyList<RowCell>> cells)
    {
        if (answers.Task is not (TaskKind.Multiclass or TaskKind.Ordinal) || answers.Classes.Length < 3) return null;
        var rows = JudgedRow.Rows(predictions);
        var of = new int[answers.Classes.Length];
        foreach (var row in rows) of[(int)answers.Truth[row, 0]]++;
        var pairs = rows.Where(row => answers.Truth[row, 0] != labels[row, 0])
            .GroupBy(row => (Truth: (int)answers.Truth[row, 0], Decided: (int)labels[row, 0]))
            .OrderByDescending(p => p.Count()).ThenByDescending(p => (double)p.Count() / of[p.Key.Truth]).ThenBy(p => p.Key).ToArray();
        if (pairs.Length == 0) return null;
        return new([.. pairs.Take(Most).Select(p =>
        {
            // The surest of them: what misled most.
            var example = predictions.Outputs > 1 ? p.MaxBy(row => predictions[row, p.Key.Decided]) : p.First();
            return new ConfusedPair(answers.Classes[p.Key.Truth], answers.Classes[p.Key.Decided], p.Count(), (double)p.Count() / of[p.Key.Truth],
                id(example), cells(example).FirstOrDefault(c => c.Picture is not null)?.Picture);
        })], pairs.Length - Math.Min(Most, pairs.Length), pairs.Sum(p => p.Count()));
    }
}

/// <param name="Truth">What the rows are.</param>
/// <param name="Decided">What they were taken for.</param>
/// <param name="Rows">How many.</param>
/// <param name="Share">Of all rows that are <paramref name="Truth"/>.</param>
/// <param name="Example">The id of one.</param>
/// <param name="Picture">Its picture, small, as a data URI; null: it has none.</param>
public sealed record ConfusedPair(string Truth, string Decided, int Rows, double Share, string Example, string? Picture = null);
