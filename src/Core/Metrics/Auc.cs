using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

public static partial class Metrics
{
    /// <summary>The chance that a random positive outranks a random negative; ties count half. 0 to 1, by chance 0.5.</summary>
    /// <exception cref="InputException">A class is absent, or there is more than one output.</exception>
    /// <remarks>Mann–Whitney's U over values in order, which a radix sort gives: linear in the rows.</remarks>
    public static readonly Metric Auc = new("auc", HigherIsBetter: true, Need.Probabilities, (truth, predicted, weights, _) =>
    {
        Shape.One(truth, predicted, "auc", "Of several classes take auc-ovr or auc-ovo, of several labels mean-column-auc.");
        return AreaUnderRoc(truth.Values.Span, predicted.Values.Span, new(weights, truth.Rows)) ?? throw OneClass("auc", truth.Rows);
    });

    /// <summary>2 · AUC − 1.</summary>
    public static readonly Metric Gini = new("gini", HigherIsBetter: true, Need.Probabilities, (truth, predicted, weights, groups) =>
        2 * Auc.Of(truth, predicted, weights, groups) - 1);

    /// <summary>Each class against the rest, the mean over classes. Classes that these rows lack are passed over.</summary>
    public static readonly Metric AucOneVsRest = new("auc-ovr", HigherIsBetter: true, Need.Probabilities, (truth, predicted, weights, _) =>
    {
        Shape.Classes(truth, predicted, "auc-ovr");
        var (sum, count) = (0.0, 0);
        for (var code = 0; code < predicted.Columns; code++)
        {
            var isCode = truth.Map(t => t == code ? 1 : 0);
            if (AreaUnderRoc(isCode.Values.Span, predicted.Column(code).Span, new(weights, truth.Rows)) is not { } area) continue;
            (sum, count) = (sum + area, count + 1);
        }
        return count > 0 ? sum / count : throw OneClass("auc-ovr", truth.Rows);
    });

    /// <summary>Each pair of classes against each other, on the rows of the two, the mean over pairs. Classes that these rows lack are passed over.</summary>
    /// <remarks>Hand and Till 2001: of each pair the mean of both classes' own outputs.</remarks>
    public static readonly Metric AucOneVsOne = new("auc-ovo", HigherIsBetter: true, Need.Probabilities, (truth, predicted, weights, _) =>
    {
        Shape.Classes(truth, predicted, "auc-ovo");
        var answers = truth.Values.Span;
        var rows = new List<int>[predicted.Columns];
        for (var code = 0; code < rows.Length; code++) rows[code] = [];
        for (var row = 0; row < answers.Length; row++) rows[(int)answers[row]].Add(row);
        var (sum, count) = (0.0, 0);
        for (var a = 0; a < rows.Length; a++)
            for (var b = a + 1; b < rows.Length; b++)
            {
                if (rows[a].Count == 0 || rows[b].Count == 0) continue;
                int[] both = [.. rows[a], .. rows[b]];
                var isA = new float[both.Length];
                isA.AsSpan(0, rows[a].Count).Fill(1);
                var isB = Array.ConvertAll(isA, x => 1 - x);
                var pair = predicted.Take(both);
                var ofPair = weights.IsEmpty ? [] : Gathered(weights, both);
                if (AreaUnderRoc(isA, pair.Column(a).Span, new(ofPair, both.Length)) is not { } first) continue;
                if (AreaUnderRoc(isB, pair.Column(b).Span, new(ofPair, both.Length)) is not { } second) continue;
                (sum, count) = (sum + (first + second) / 2, count + 1);
            }
        return count > 0 ? sum / count : throw OneClass("auc-ovo", truth.Rows);
    });

    /// <summary>The mean over labels of each label's AUC. Labels with one class in these rows are passed over.</summary>
    public static readonly Metric MeanColumnAuc = new("mean-column-auc", HigherIsBetter: true, Need.Probabilities, (truth, predicted, weights, _) =>
    {
        Shape.Same(truth, predicted, "mean-column-auc");
        var (sum, count) = (0.0, 0);
        for (var label = 0; label < truth.Columns; label++)
        {
            if (AreaUnderRoc(truth.Column(label).Span, predicted.Column(label).Span, new(weights, truth.Rows)) is not { } area) continue;
            (sum, count) = (sum + area, count + 1);
        }
        return count > 0 ? sum / count : throw OneClass("mean-column-auc", truth.Rows);
    });

    /// <summary>The mean precision over recalls: the area under the precision-recall steps. Of several labels the mean over those with a positive row.</summary>
    /// <exception cref="InputException">No row is positive.</exception>
    public static readonly Metric AveragePrecision = new("average-precision", HigherIsBetter: true, Need.Probabilities, (truth, predicted, weights, _) =>
    {
        Shape.Same(truth, predicted, "average-precision");
        var (sum, count) = (0.0, 0);
        for (var label = 0; label < truth.Columns; label++)
        {
            if (StepsOfPrecision(truth.Column(label).Span, predicted.Column(label).Span, new(weights, truth.Rows)) is not { } area) continue;
            (sum, count) = (sum + area, count + 1);
        }
        return count > 0 ? sum / count : throw OneClass("average-precision", truth.Rows);
    });

    static InputException OneClass(string metric, int rows) => new(
        $"{metric} is not defined: all answers of these {rows} rows are of one class. Stratified folds give every fold both.");

    static float[] Gathered(ReadOnlySpan<float> values, int[] rows)
    {
        var gathered = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++) gathered[i] = values[rows[i]];
        return gathered;
    }

    /// <returns>Null where a class is absent.</returns>
    static double? AreaUnderRoc(ReadOnlySpan<float> truth, ReadOnlySpan<float> scores, RowWeights weights)
    {
        using var sorted = new SortedFloats(scores, weights.AllAlike ? truth : []);
        var keyed = sorted.Keyed;
        var (area, positives, negatives) = (0.0, 0.0, 0.0);
        for (var at = 0; at < keyed.Length;)
        {
            var score = keyed[at] >> 32;
            var (tiedPositives, tiedNegatives) = (0.0, 0.0);
            if (weights.AllAlike)
            {
                var (first, marked) = (at, 0u);
                for (; at < keyed.Length && keyed[at] >> 32 == score; at++) marked += (uint)keyed[at];
                (tiedPositives, tiedNegatives) = (marked, at - first - marked);
            }
            else
                for (; at < keyed.Length && keyed[at] >> 32 == score; at++)
                {
                    var row = (int)(uint)keyed[at];
                    if (truth[row] > 0) tiedPositives += weights[row];
                    else tiedNegatives += weights[row];
                }
            area += tiedPositives * (negatives + tiedNegatives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }
        return positives > 0 && negatives > 0 ? area / (positives * negatives) : null;
    }

    /// <returns>Null where no row is positive.</returns>
    static double? StepsOfPrecision(ReadOnlySpan<float> truth, ReadOnlySpan<float> scores, RowWeights weights)
    {
        using var sorted = new SortedFloats(scores);
        var keyed = sorted.Keyed;
        var (area, found, taken) = (0.0, 0.0, 0.0);
        for (var at = keyed.Length - 1; at >= 0;)
        {
            var score = keyed[at] >> 32;
            var tied = 0.0;
            for (; at >= 0 && keyed[at] >> 32 == score; at--)
            {
                var row = (int)(uint)keyed[at];
                taken += weights[row];
                if (truth[row] > 0) tied += weights[row];
            }
            found += tied;
            if (tied > 0) area += tied * found / taken;
        }
        return found > 0 ? area / found : null;
    }
}
