using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

public static class DecisionRules
{
    /// <summary>
    /// What the field does without being asked: accuracy decides at 0.5, other metrics of two classes or of labels at the best threshold;
    /// several classes take the most likely, grades the best cuts; all else stays as predicted.
    /// </summary>
    public static IDecisionRule Default(Metric metric, TaskKind task) => (metric.Need, task) switch
    {
        (Need.Labels, TaskKind.Ordinal) => new BestCuts(),
        (Need.Labels, TaskKind.Binary or TaskKind.Multilabel) when !metric.BestAtHalf => new BestThreshold(),
        _ => new UnfittedDecision(),
    };
}

/// <summary>Nothing is fitted: see <see cref="Scoring.Plain"/>.</summary>
public sealed record UnfittedDecision : IDecisionRule
{
    public Decision Fit(Predictions predicted, Dataset rows, Metric metric) => Scoring.Plain(metric, rows.Answers).Decision;

    public bool Fast => true;
}
