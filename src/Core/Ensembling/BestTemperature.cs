using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>The temperature that scores best, between a quarter and four: for log loss and Brier, where models are too sure or not sure enough.</summary>
/// <remarks>Golden-section search on the temperature's logarithm, in which log loss has one lowest point.</remarks>
public sealed record BestTemperature : IDecisionRule
{
    public bool Fast => false;

    public Decision Fit(Predictions predicted, Dataset rows, Metric metric)
    {
        double Loss(double logarithm)
        {
            var score = new Scoring(metric, new Cooled(Math.Exp(logarithm))).Score(predicted, rows);
            return metric.HigherIsBetter ? -score : score;
        }
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (-Math.Log(4), Math.Log(4));
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (atLeft, atRight) = (Loss(left), Loss(right));
        while (high - low > 1e-3)
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                atLeft = Loss(left = high - ratio * (high - low));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                atRight = Loss(right = low + ratio * (high - low));
            }
        return new Cooled(Math.Exp((low + high) / 2));
    }
}
