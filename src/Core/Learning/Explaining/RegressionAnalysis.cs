using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>How out-of-fold numbers meet the true ones, for one target; on the table's own scale unless it says otherwise.</summary>
/// <param name="Target">The target column.</param>
/// <param name="Scale">The scale on which residuals are given: that of learning.</param>
/// <param name="Rows">How many rows were predicted.</param>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="MeanAbsoluteError">Mean of the absolute errors.</param>
/// <param name="R2">The share of the variance that is explained.</param>
/// <param name="Bias">Mean of prediction minus truth.</param>
/// <param name="Points">Sampled rows: x truth, y prediction.</param>
/// <param name="Residuals">Prediction minus truth on the scale of learning: shares in bins.</param>
/// <param name="ByPrediction">Tenths of the rows by prediction: where the errors lie.</param>
/// <param name="Quantiles">For quantile targets: how often the truth lay below each.</param>
public sealed record RegressionAnalysis(
    string Target, Scale Scale, int Rows, double Rmse, double MeanAbsoluteError, double R2, double Bias,
    IReadOnlyList<Point> Points, Histogram Residuals, IReadOnlyList<ResidualBin> ByPrediction, IReadOnlyList<Coverage> Quantiles);

/// <param name="Predicted">The mean prediction of the bin.</param>
/// <param name="Bias">The residuals' mean.</param>
/// <param name="Sd">Their standard deviation.</param>
/// <param name="Rows">Rows in the bin.</param>
public readonly record struct ResidualBin(double Predicted, double Bias, double Sd, int Rows);

/// <param name="Quantile">0 to 1, as asked for.</param>
/// <param name="Below">The share of rows whose truth was not above the prediction.</param>
public readonly record struct Coverage(double Quantile, double Below);
