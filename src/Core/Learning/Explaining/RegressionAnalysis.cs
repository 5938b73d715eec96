using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>How out-of-fold numbers meet the true ones, for one target; on the table's own scale unless it says otherwise.</summary>
/// <param name="Target">The target column.</param>
/// <param name="Scale">The scale on which residuals are given: that of learning.</param>
/// <param name="Rows">How many rows were predicted.</param>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="MeanAbsoluteError">Mean of the absolute errors.</param>
/// <param name="R2">The share of the variance that is explained; NaN when the truth never changes.</param>
/// <param name="Bias">Mean of prediction minus truth.</param>
/// <param name="Points">Sampled rows: x truth, y prediction.</param>
/// <param name="Residuals">Prediction minus truth on the scale of learning: shares in bins.</param>
/// <param name="ByPrediction">Tenths of the rows by prediction: where the errors lie.</param>
/// <param name="Quantiles">For quantile targets: how often the truth lay below each; the rest is of the quantile nearest the middle.</param>
public sealed record RegressionAnalysis(
    string Target, Scale Scale, int Rows, double Rmse, double MeanAbsoluteError, double R2, double Bias,
    IReadOnlyList<CurvePoint> Points, Histogram Residuals, IReadOnlyList<ResidualBin> ByPrediction, IReadOnlyList<QuantileCoverage> Quantiles)
{
    const int MostPoints = 1000;
    const int Bins = 10;

    /// <param name="answers">Of all training rows.</param>
    /// <param name="predictions">Out of fold, on the table's own scale; NaN where a row has none.</param>
    /// <returns>One a target column; empty where the answers are no numbers, or no row has a prediction.</returns>
    public static IReadOnlyList<RegressionAnalysis> Of(TargetValues answers, Predictions predictions, int seed)
    {
        var rows = JudgedRow.Rows(predictions);
        if (rows.Length == 0) return [];
        return answers.Target switch
        {
            NumberTarget numbers => [.. numbers.Names.Select((_, k) => Of(answers, predictions, rows, k, k, [], seed))],
            OrdinalTarget => [Of(answers, predictions, rows, 0, 0, [], seed)],
            QuantileTarget quantiles => [Of(answers, predictions, rows, 0, Middle(quantiles), Covered(answers, predictions, rows, quantiles), seed)],
            _ => [],
        };
    }

    static RegressionAnalysis Of(
        TargetValues answers, Predictions predictions, int[] rows, int target, int output, IReadOnlyList<QuantileCoverage> quantiles, int seed)
    {
        var truth = Array.ConvertAll(rows, i => (double)answers.Truth[i, target]);
        var predicted = Array.ConvertAll(rows, i => (double)predictions[i, output]);
        var residuals = Array.ConvertAll(rows, i => JudgedRow.Error(answers, predictions, i, output));
        var mean = truth.Average();
        double squares = 0, absolute = 0, bias = 0, variance = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var error = predicted[i] - truth[i];
            (squares, absolute, bias) = (squares + error * error, absolute + Math.Abs(error), bias + error);
            variance += (truth[i] - mean) * (truth[i] - mean);
        }
        var order = Enumerable.Range(0, rows.Length).OrderBy(i => predicted[i]).ToArray();
        return new(answers.Target.Columns[target], answers.Scale, rows.Length,
            Math.Sqrt(squares / rows.Length), absolute / rows.Length, variance == 0 ? double.NaN : 1 - squares / variance, bias / rows.Length,
            [.. Sampling.Of(rows.Length, MostPoints, seed).Select(i => new CurvePoint(truth[i], predicted[i]))],
            Binned.Of(residuals, 40) ?? new([0, 1], [0]),
            [.. Enumerable.Range(0, Bins)
                .Select(b => order[(int)((long)rows.Length * b / Bins)..(int)((long)rows.Length * (b + 1) / Bins)])
                .Where(part => part.Length > 0).Select(part => ResidualBin.Of(part, predicted, residuals))],
            quantiles);
    }

    static int Middle(QuantileTarget quantiles) => Enumerable.Range(0, quantiles.Levels.Length).MinBy(q => Math.Abs(quantiles.Levels[q] - 0.5));

    static QuantileCoverage[] Covered(TargetValues answers, Predictions predictions, int[] rows, QuantileTarget quantiles) =>
        [.. quantiles.Levels.Select((level, q) => new QuantileCoverage(level, rows.Average(i => answers.Truth[i, 0] <= predictions[i, q] ? 1.0 : 0)))];
}

/// <param name="Predicted">The mean prediction of the bin.</param>
/// <param name="Bias">The residuals' mean.</param>
/// <param name="Sd">Their standard deviation.</param>
/// <param name="Rows">Rows in the bin.</param>
public readonly record struct ResidualBin(double Predicted, double Bias, double Sd, int Rows)
{
    internal static ResidualBin Of(int[] rows, double[] predicted, double[] residuals)
    {
        var bias = rows.Average(i => residuals[i]);
        return new(rows.Average(i => predicted[i]), bias, Math.Sqrt(rows.Average(i => (residuals[i] - bias) * (residuals[i] - bias))), rows.Length);
    }
}

/// <param name="Quantile">0 to 1, as asked for.</param>
/// <param name="Below">The share of rows whose truth was not above the prediction.</param>
public readonly record struct QuantileCoverage(double Quantile, double Below);
