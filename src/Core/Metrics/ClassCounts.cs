using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>Of each class how much weight was true, was predicted, and was both: all that metrics of labels need.</summary>
sealed class ClassCounts
{
    ClassCounts(int classes) => (Truth, Predicted, Both) = (new double[classes], new double[classes], new double[classes]);

    public double[] Truth { get; }

    public double[] Predicted { get; }

    public double[] Both { get; }

    public double Total { get; private init; }

    /// <summary>Of one target: every class, those with neither answers nor predictions left at 0.</summary>
    public static ClassCounts OfClasses(Matrix truth, Matrix predicted, ReadOnlySpan<float> weights, string metric)
    {
        Shape.One(truth, predicted, metric, "Of several labels take an F-score or accuracy.");
        var counted = new RowWeights(weights, truth.Rows);
        var t = truth.Values.Span;
        var p = predicted.Values.Span;
        var most = 1;
        for (var row = 0; row < t.Length; row++) most = Math.Max(most, Math.Max(Code(t[row], row, metric), Code(p[row], row, metric)));
        var counts = new ClassCounts(most + 1) { Total = counted.Total };
        for (var row = 0; row < t.Length; row++)
        {
            counts.Truth[(int)t[row]] += counted[row];
            counts.Predicted[(int)p[row]] += counted[row];
            if (t[row] == p[row]) counts.Both[(int)t[row]] += counted[row];
        }
        return counts;
    }

    /// <summary>Of several labels: one "class" a label, counted where it is 1.</summary>
    public static ClassCounts OfLabels(Matrix truth, Matrix predicted, ReadOnlySpan<float> weights, string metric)
    {
        Shape.Same(truth, predicted, metric);
        var counted = new RowWeights(weights, truth.Rows);
        var counts = new ClassCounts(truth.Columns) { Total = counted.Total };
        for (var row = 0; row < truth.Rows; row++)
            for (var label = 0; label < truth.Columns; label++)
            {
                var (t, p) = (Code(truth[row, label], row, metric) > 0, Code(predicted[row, label], row, metric) > 0);
                if (t) counts.Truth[label] += counted[row];
                if (p) counts.Predicted[label] += counted[row];
                if (t && p) counts.Both[label] += counted[row];
            }
        return counts;
    }

    static int Code(float label, int row, string metric) =>
        label >= 0 && label == MathF.Floor(label) && label < 1 << 24
            ? (int)label
            : throw new InputException($"{metric} takes labels; row {row + 1} has {label}. A decision makes labels of probabilities.");
}
