namespace Kaggle.Core.Metrics;

public static partial class Metrics
{
    /// <summary>The share of rows whose label is right; of several labels, all of them.</summary>
    public static readonly Metric Accuracy = new("accuracy", HigherIsBetter: true, Need.Labels, (truth, predicted, weights, _) =>
    {
        Shape.Same(truth, predicted, "accuracy");
        var counted = new RowWeights(weights, truth.Rows);
        var (right, width) = (0.0, truth.Columns);
        var t = truth.Values.Span;
        var p = predicted.Values.Span;
        for (var row = 0; row < truth.Rows; row++)
            if (t.Slice(row * width, width).SequenceEqual(p.Slice(row * width, width))) right += counted[row];
        return right / counted.Total;
    }) { BestAtHalf = true };

    /// <summary>The mean over classes of the share of its rows that are found. Classes without an answer are passed over.</summary>
    public static readonly Metric BalancedAccuracy = new("balanced-accuracy", HigherIsBetter: true, Need.Labels, (truth, predicted, weights, _) =>
    {
        var counts = ClassCounts.OfClasses(truth, predicted, weights, "balanced-accuracy");
        var recalls = from code in Enumerable.Range(0, counts.Truth.Length) where counts.Truth[code] > 0 select counts.Both[code] / counts.Truth[code];
        return recalls.Average();
    });

    /// <summary>Matthews's correlation of answers and labels, −1 to 1; 0 where either is all of one class.</summary>
    /// <remarks>For several classes Gorodkin's R_K.</remarks>
    public static readonly Metric Mcc = new("mcc", HigherIsBetter: true, Need.Labels, (truth, predicted, weights, _) =>
    {
        var counts = ClassCounts.OfClasses(truth, predicted, weights, "mcc");
        var all = counts.Total * counts.Total;
        var (truths, labels, chance) = (all, all, 0.0);
        for (var code = 0; code < counts.Truth.Length; code++)
        {
            truths -= counts.Truth[code] * counts.Truth[code];
            labels -= counts.Predicted[code] * counts.Predicted[code];
            chance += counts.Truth[code] * counts.Predicted[code];
        }
        // Sums that should cancel leave crumbs when weights are not whole numbers.
        if (truths <= 1e-12 * all || labels <= 1e-12 * all) return 0;
        return (counts.Both.Sum() * counts.Total - chance) / Math.Sqrt(truths * labels);
    });

    /// <summary>Cohen's kappa: agreement beyond chance; 1 is perfect, and 0 also where answers and labels are all of one class.</summary>
    public static readonly Metric Kappa = new("kappa", HigherIsBetter: true, Need.Labels, (truth, predicted, weights, _) =>
    {
        var counts = ClassCounts.OfClasses(truth, predicted, weights, "kappa");
        var chance = 0.0;
        for (var code = 0; code < counts.Truth.Length; code++) chance += counts.Truth[code] / counts.Total * (counts.Predicted[code] / counts.Total);
        return chance >= 1 - 1e-12 ? 0 : (counts.Both.Sum() / counts.Total - chance) / (1 - chance);
    });

    /// <summary>Cohen's kappa where an error counts by the square of its distance on the scale 0, 1, 2, …</summary>
    /// <remarks>
    /// 1 − E(p − t)² / (var p + var t + (mean p − mean t)²): the pair table need not be counted. 0 where all are of one class.
    /// Distances are those of the codes, also where a class is absent; scikit-learn numbers only the classes that occur.
    /// </remarks>
    public static readonly Metric QuadraticWeightedKappa = new("qwk", HigherIsBetter: true, Need.Labels, (truth, predicted, weights, _) =>
    {
        Shape.One(truth, predicted, "qwk", "It compares one grade with one answer.");
        var counted = new RowWeights(weights, truth.Rows);
        var t = truth.Values.Span;
        var p = predicted.Values.Span;
        var (sumT, sumP, squareT, squareP, squares) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < t.Length; row++)
        {
            var (w, x, y) = (counted[row], (double)t[row], (double)p[row]);
            sumT += w * x;
            sumP += w * y;
            squareT += w * x * x;
            squareP += w * y * y;
            squares += w * (x - y) * (x - y);
        }
        var total = counted.Total;
        var chance = squareT / total + squareP / total - 2 * (sumT / total) * (sumP / total);
        return chance <= 1e-12 ? 0 : 1 - squares / total / chance;
    });
}
