using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>The rows that the predictions got most wrong: label noise, a lost feature or a bug show here first.</summary>
public static class WorstMistakes
{
    const int Most = 12;

    /// <returns>The numbers of the rows that went most wrong, worst first.</returns>
    public static IReadOnlyList<int> RowsOf(TargetValues answers, Predictions predictions, int most)
    {
        var spread = Spreads(answers);
        return [.. JudgedRow.Rows(predictions).Where(row => Error(answers, predictions, row, spread) != 0)
            .OrderByDescending(row => Math.Abs(Error(answers, predictions, row, spread))).ThenBy(row => row).Take(most)];
    }

    /// <param name="answers">Of all training rows.</param>
    /// <param name="predictions">Out of fold, on the table's own scale; NaN where a row has none.</param>
    /// <param name="id">A row's id.</param>
    /// <param name="fold">The number of the fold that judged a row.</param>
    /// <param name="cells">A row's cells, as the table has them.</param>
    /// <returns>At most twelve, worst first.</returns>
    public static IReadOnlyList<Mistake> Of(
        TargetValues answers, Predictions predictions, Func<int, string> id, Func<int, int> fold, Func<int, IReadOnlyList<RowCell>> cells)
    {
        var spread = Spreads(answers);
        return
        [
            .. JudgedRow.Rows(predictions)
                .Select(row => (Row: row, Error: Error(answers, predictions, row, spread)))
                .Where(m => Math.Abs(m.Error) > 0)
                .OrderByDescending(m => Math.Abs(m.Error)).ThenBy(m => m.Row).Take(Most)
                .Select(m => new Mistake(id(m.Row), fold(m.Row), AnswerWords.OfTruth(answers, m.Row), AnswerWords.OfPrediction(answers, predictions, m.Row), m.Error, cells(m.Row))),
        ];
    }

    static double Error(TargetValues answers, Predictions predictions, int row, double[] spread) => answers.Task switch
    {
        TaskKind.Binary => Math.Abs(JudgedRow.Error(answers, predictions, row, 0)),
        TaskKind.Multiclass => 1 - predictions[row, (int)answers.Truth[row, 0]],
        TaskKind.Multilabel => Enumerable.Range(0, predictions.Outputs).Average(o => Math.Abs(JudgedRow.Error(answers, predictions, row, o))),
        TaskKind.Quantile => JudgedRow.Error(answers, predictions, row, predictions.Outputs / 2),
        _ when predictions.Outputs == 1 => JudgedRow.Error(answers, predictions, row, 0),
        // Several numbers: each in its own standard deviations, or the largest unit would choose alone.
        _ => Enumerable.Range(0, predictions.Outputs).Average(o => Math.Abs(JudgedRow.Error(answers, predictions, row, o)) / spread[o]),
    };

    static double[] Spreads(TargetValues answers) =>
        [.. Enumerable.Range(0, answers.Truth.Columns).Select(k =>
        {
            var values = answers.Learned.Column(k).ToArray();
            var mean = values.Average();
            var sd = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            return sd > 0 ? sd : 1;
        })];
}
