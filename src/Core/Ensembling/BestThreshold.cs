using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>The threshold that scores best: of two classes all of them are tried, of several labels one label after the other.</summary>
public sealed record BestThreshold : IDecisionRule
{
    public bool Fast => true;

    public Decision Fit(Predictions predicted, Dataset rows, Metric metric) =>
        predicted.Outputs == 1 ? new Threshold(Sweep(predicted, rows, metric)) : OfLabels(predicted, rows, metric);

    /// <summary>
    /// A metric of labels knows only how much weight is true and false, labelled and not: it is asked about these four weights,
    /// so that every threshold costs the same whatever the metric.
    /// </summary>
    static double Sweep(Predictions predicted, Dataset rows, Metric metric)
    {
        var chances = predicted.Values.Values.Span;
        var truth = rows.Answers.Truth.Values.Span;
        var weights = rows.Weights is { } w ? w.Span : [];
        var order = Ranking.Order(chances);
        var counts = new float[4];                                          // 0 labelled 0, 0 labelled 1, 1 labelled 0, 1 labelled 1
        Span<double> exact = [0, 0, 0, 0];
        for (var row = 0; row < truth.Length; row++) exact[truth[row] > 0 ? 3 : 1] += weights.IsEmpty ? 1 : weights[row];
        var (fourTruths, fourLabels) = (new Matrix(new float[] { 0, 0, 1, 1 }, 1), new Matrix(new float[] { 0, 1, 0, 1 }, 1));
        var (best, threshold) = (metric.Worst, 0.5);
        for (var at = 0; at <= order.Length; at++)
        {
            // Everything before `at` is labelled 0.
            if (at == 0 || at == order.Length || chances[order[at]] != chances[order[at - 1]])
            {
                for (var i = 0; i < 4; i++) counts[i] = (float)Math.Max(0, exact[i]);
                var score = metric.Score(fourTruths, fourLabels, counts);
                var cut = at == 0 ? chances[order[0]]
                    : at == order.Length ? MathF.BitIncrement(chances[order[^1]])
                    : ((double)chances[order[at - 1]] + chances[order[at]]) / 2;
                if (metric.IsBetter(score, best) || (score == best && Math.Abs(cut - 0.5) < Math.Abs(threshold - 0.5))) (best, threshold) = (score, cut);
            }
            if (at == order.Length) break;
            var weight = weights.IsEmpty ? 1 : weights[order[at]];
            var from = truth[order[at]] > 0 ? 3 : 1;
            exact[from] -= weight;
            exact[from - 1] += weight;
        }
        return threshold;
    }

    const int Tried = 40, Passes = 3;

    static Threshold OfLabels(Predictions predicted, Dataset rows, Metric metric)
    {
        var scoring = rows.Answers.Truth;
        var (at, labels) = (Enumerable.Repeat(0.5, predicted.Outputs).ToArray(), new float[predicted.Values.Values.Length]);
        void Decide(int label, double threshold)
        {
            for (var row = 0; row < predicted.Rows; row++) labels[row * predicted.Outputs + label] = predicted[row, label] >= threshold ? 1 : 0;
        }
        double Score() => metric.Score(scoring, new(labels, predicted.Outputs), rows.Weights is { } w ? w.Span : [], rows.Groups is { } g ? g.Span : []);
        for (var label = 0; label < at.Length; label++) Decide(label, at[label]);
        var best = Score();
        for (var pass = 0; pass < Passes; pass++)
        {
            var before = best;
            for (var label = 0; label < at.Length; label++)
            {
                var sorted = predicted.Values.Column(label).ToArray();
                Array.Sort(sorted);
                for (var i = 1; i < Tried; i++)
                {
                    var place = (int)((long)sorted.Length * i / Tried);
                    if (place == 0) continue;
                    var cut = ((double)sorted[place - 1] + sorted[place]) / 2;
                    Decide(label, cut);
                    var score = Score();
                    if (metric.IsBetter(score, best)) (best, at[label]) = (score, cut);
                }
                Decide(label, at[label]);
            }
            if (best == before) break;
        }
        return new([.. at]);
    }
}
