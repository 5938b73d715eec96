using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>Predictions beside answers, row by row.</summary>
static class JudgedRow
{
    public static bool Has(Predictions predictions, int row) => !float.IsNaN(predictions[row, 0]);

    /// <returns>The rows that have a prediction, ascending.</returns>
    public static int[] Rows(Predictions predictions) => [.. Enumerable.Range(0, predictions.Rows).Where(i => Has(predictions, i))];

    /// <returns>(rows × outputs) prediction minus truth; classes as 0 and 1 a class, numbers on the learned scale.</returns>
    public static double[] Errors(TargetValues answers, Predictions predictions, int[] rows)
    {
        var outputs = predictions.Outputs;
        var errors = new double[rows.Length * outputs];
        for (var i = 0; i < rows.Length; i++)
            for (var o = 0; o < outputs; o++) errors[i * outputs + o] = Error(answers, predictions, rows[i], o);
        return errors;
    }

    public static double Error(TargetValues answers, Predictions predictions, int row, int output) => answers.Task switch
    {
        TaskKind.Multiclass => predictions[row, output] - (answers.Truth[row, 0] == output ? 1 : 0),
        TaskKind.Quantile => predictions[row, output] - answers.Truth[row, 0],
        _ when answers.Scale != Scale.Same => (double)answers.Scale.Forward(predictions[row, output]) - answers.Learned[row, output],
        _ => (double)predictions[row, output] - answers.Truth[row, output],
    };
}
