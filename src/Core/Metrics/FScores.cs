using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

public static partial class Metrics
{
    /// <summary>The harmonic mean of precision and recall of class 1; 0 where nothing is found.</summary>
    public static readonly Metric F1 = FBeta(1);

    public static readonly Metric F1Macro = FBeta(1, Averaging.Macro);

    public static readonly Metric F1Micro = FBeta(1, Averaging.Micro);

    public static readonly Metric F1Weighted = FBeta(1, Averaging.Weighted);

    /// <summary>Of the rows labelled 1 the share that are; 0 where none is labelled so.</summary>
    public static readonly Metric Precision = PrecisionBy(Averaging.Binary);

    /// <summary>Of the rows that are 1 the share labelled so; 0 where none is.</summary>
    public static readonly Metric Recall = RecallBy(Averaging.Binary);

    /// <summary>Precision and recall in one, recall counting β times as much.</summary>
    public static Metric FBeta(double beta, Averaging average = Averaging.Binary)
    {
        var square = Math.Pow(Require.Positive(beta, "Beta"), 2);
        return OfCounts(string.Create(CultureInfo.InvariantCulture, $"f{beta}"), average, (both, truth, predicted) =>
            Ratio((1 + square) * both, square * truth + predicted));
    }

    public static Metric PrecisionBy(Averaging average) => OfCounts("precision", average, (both, _, predicted) => Ratio(both, predicted));

    public static Metric RecallBy(Averaging average) => OfCounts("recall", average, (both, truth, _) => Ratio(both, truth));

    static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    static Metric OfCounts(string family, Averaging average, Func<double, double, double, double> of)
    {
        var name = average == Averaging.Binary ? family : $"{family}-{average.ToString().ToLowerInvariant()}";
        return new(name, HigherIsBetter: true, Need.Labels, (truth, predicted, weights, _) =>
        {
            var labels = truth.Columns > 1;
            var counts = labels ? ClassCounts.OfLabels(truth, predicted, weights, name) : ClassCounts.OfClasses(truth, predicted, weights, name);
            double Of(int code) => of(counts.Both[code], counts.Truth[code], counts.Predicted[code]);
            var all = Enumerable.Range(0, counts.Truth.Length);
            switch (average)
            {
                case Averaging.Binary:
                    if (labels || counts.Truth.Length > 2)
                        throw new InputException($"{name} scores class 1 of two; there are more. Take {family}-macro, {family}-micro or {family}-weighted.");
                    return Of(1);
                case Averaging.Micro:
                    return of(counts.Both.Sum(), counts.Truth.Sum(), counts.Predicted.Sum());
                case Averaging.Weighted:
                    return Ratio(all.Sum(code => counts.Truth[code] * Of(code)), counts.Truth.Sum());
                default:
                    return all.Where(code => labels || counts.Truth[code] + counts.Predicted[code] > 0).Average(Of);
            }
        });
    }
}
