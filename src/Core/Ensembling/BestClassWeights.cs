using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Weights on the classes' chances that score best: rare classes are found more often. Several classes, one class after the other.</summary>
public sealed record BestClassWeights : IDecisionRule
{
    public bool Fast => false;

    /// <summary>Most times that all classes are gone through.</summary>
    public int Passes { get; init => field = Require.AtLeast(1, value); } = 4;

    public Decision Fit(Predictions predicted, Dataset rows, Metric metric)
    {
        if (predicted.Outputs == 1) return new BestThreshold().Fit(predicted, rows, metric);
        var weights = Enumerable.Repeat(1.0, predicted.Outputs).ToArray();
        double Score() => new Scoring(metric, new MostLikely([.. weights])).Score(predicted, rows);
        var best = Score();
        for (var (pass, reach) = (0, 4.0); pass < Passes; (pass, reach) = (pass + 1, Math.Sqrt(reach)))
        {
            var before = best;
            for (var code = 0; code < weights.Length; code++)
            {
                var (kept, found) = (weights[code], weights[code]);
                for (var step = -6; step <= 6; step++)
                {
                    if (step == 0) continue;
                    weights[code] = kept * Math.Pow(reach, step / 6.0);
                    var score = Score();
                    if (metric.IsBetter(score, best)) (best, found) = (score, weights[code]);
                }
                weights[code] = found;
            }
            if (best == before && pass > 0) break;
        }
        // Only the ratios count: the largest is 1.
        var most = weights.Max();
        return new MostLikely([.. weights.Select(weight => weight / most)]);
    }
}
