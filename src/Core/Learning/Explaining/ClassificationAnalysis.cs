namespace Kaggle.Core.Learning.Explaining;

/// <summary>How out-of-fold probabilities meet classes.</summary>
/// <param name="Rows">How many rows were predicted.</param>
/// <param name="Confusion">Of the labels decided on; null for several independent labels.</param>
/// <param name="Classes">One a class, or a label: against all others. Of two classes the second alone.</param>
/// <param name="Confidence">Several classes: the chance given to the likeliest class against how often it is right.</param>
public sealed record ClassificationAnalysis(int Rows, Confusion? Confusion, IReadOnlyList<ClassCurves> Classes, Calibration? Confidence);

/// <param name="Labels">The classes; the last is "other" when there were too many.</param>
/// <param name="Counts">(truth, decided) rows.</param>
public sealed record Confusion(IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<int>> Counts);

/// <summary>One class against the rest.</summary>
/// <param name="Name">The class.</param>
/// <param name="Rows">How many rows are of it.</param>
/// <param name="Precision">Of the rows decided for it, the share that is; null when none was.</param>
/// <param name="Recall">Of its rows, the share decided for it.</param>
/// <param name="F1">Their harmonic mean.</param>
/// <param name="Auc">Area under <paramref name="Roc"/>; null when the class, or its opposite, is absent.</param>
/// <param name="AveragePrecision">Σ (recall step) · precision.</param>
/// <param name="Brier">Mean square of chance minus truth.</param>
/// <param name="Roc">x: false positive rate, y: true positive rate; thinned to few points, the area being that of all.</param>
/// <param name="PrecisionRecall">x: recall, y: precision.</param>
/// <param name="Calibration">The chance given against the share found.</param>
/// <param name="Chances">How the chances of the class's rows and of the others spread, in 20 bins of 0 to 1.</param>
public sealed record ClassCurves(
    string Name, int Rows, double? Precision, double? Recall, double? F1, double? Auc, double? AveragePrecision, double? Brier,
    IReadOnlyList<Point> Roc, IReadOnlyList<Point> PrecisionRecall, Calibration? Calibration, ChanceSpread? Chances);

public readonly record struct Point(double X, double Y);

/// <param name="Bins">Equally many rows each.</param>
/// <param name="Error">Expected calibration error: the bins' mean distance, weighted by rows.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double Error);

/// <param name="Predicted">The mean chance in the bin.</param>
/// <param name="Found">The share that was so.</param>
/// <param name="Rows">Rows in the bin.</param>
public readonly record struct CalibrationBin(double Predicted, double Found, int Rows);

/// <param name="Positives">(bins) rows of the class.</param>
/// <param name="Negatives">(bins) the other rows.</param>
public sealed record ChanceSpread(IReadOnlyList<int> Positives, IReadOnlyList<int> Negatives);
