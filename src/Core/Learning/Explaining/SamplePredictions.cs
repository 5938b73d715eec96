using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>A handful of rows and what was predicted of them, drawn by the seed: what usual rows look like, beside the worst.</summary>
/// <param name="Right">The share of all judged rows whose class was decided rightly; null where answers are no classes.</param>
/// <param name="Rows">Of classes as many right ones as wrong, as far as there are; right ones first.</param>
public sealed record SamplePredictions(double? Right, IReadOnlyList<SampledRow> Rows)
{
    const int Most = 12;

    /// <param name="answers">Of all training rows.</param>
    /// <param name="predictions">Out of fold, on the table's own scale; NaN where a row has none.</param>
    /// <param name="labels">What was decided for each training row: (rows, 1) class codes, or (rows, labels) of 0 and 1.</param>
    /// <param name="id">A row's id.</param>
    /// <param name="cells">A row's cells, as the table has them.</param>
    /// <param name="seed">Draws the rows.</param>
    /// <returns>Null where no row has a prediction.</returns>
    public static SamplePredictions? Of(
        TargetValues answers, Predictions predictions, Matrix labels, Func<int, string> id, Func<int, IReadOnlyList<RowCell>> cells, int seed)
    {
        var rows = JudgedRow.Rows(predictions);
        if (rows.Length == 0) return null;
        if (answers.Task is TaskKind.Regression or TaskKind.Quantile)
            return new(null, [.. Drawn(rows, Most, seed).Select(row => new SampledRow(
                id(row), AnswerWords.OfTruth(answers, row), AnswerWords.OfPrediction(answers, predictions, row), null, null, cells(row)))]);
        bool IsRight(int row) => answers.Truth.Row(row).SequenceEqual(labels.Row(row));
        var (right, wrong) = (rows.Where(IsRight).ToArray(), rows.Where(row => !IsRight(row)).ToArray());
        // Where there are few of one kind the other fills the handful.
        var few = Math.Min(Most / 2, Math.Min(right.Length, wrong.Length));
        var (rightly, wrongly) = right.Length <= wrong.Length ? (few, Most - few) : (Most - few, few);
        return new((double)right.Length / rows.Length, [.. Drawn(right, rightly, seed).Concat(Drawn(wrong, wrongly, seed)).Select(row => new SampledRow(
            id(row), AnswerWords.OfTruth(answers, row), AnswerWords.OfDecision(answers, labels.Row(row)), Sureness(answers, predictions, labels, row), IsRight(row), cells(row)))]);
    }

    static IEnumerable<int> Drawn(int[] rows, int most, int seed) => Sampling.Of(rows.Length, most, seed).Select(i => rows[i]);

    static double? Sureness(TargetValues answers, Predictions predictions, Matrix labels, int row) => (predictions.Kind, answers.Task) switch
    {
        (OutputKind.Probabilities, TaskKind.Binary) => labels[row, 0] == 1 ? predictions[row, 0] : 1 - predictions[row, 0],
        (OutputKind.Probabilities, TaskKind.Multiclass) => predictions[row, (int)labels[row, 0]],
        _ => null,
    };
}

/// <param name="Id">As it stands in the table.</param>
/// <param name="Truth">The answer, as it stands in the table.</param>
/// <param name="Predicted">The class or the labels decided on, or numbers.</param>
/// <param name="Chance">What was given to the class decided on; null where there are no such chances.</param>
/// <param name="IsRight">Null where answers are no classes.</param>
/// <param name="Cells">The row's cells in the table's order.</param>
public sealed record SampledRow(string Id, string Truth, string Predicted, double? Chance, bool? IsRight, IReadOnlyList<RowCell> Cells);
