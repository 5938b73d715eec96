using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>A metric and the decision before it: how predictions of this competition are scored.</summary>
/// <param name="Metric">The competition's metric.</param>
/// <param name="Decision">What makes of predictions what the metric needs.</param>
public sealed record Scoring(Metric Metric, Decision Decision)
{
    /// <summary>
    /// The plain decision, with nothing fitted: chances from 0.5 on are 1, the most likely class, the nearest grade;
    /// numbers stay as they are, raised to the least that the metric is defined for.
    /// </summary>
    /// <param name="metric">The competition's metric.</param>
    /// <param name="answers">The training rows' answers: the task, and how many classes there are.</param>
    /// <exception cref="InputException">The metric cannot score such a target.</exception>
    public static Scoring Plain(Metric metric, TargetValues answers)
    {
        if (metric.Need is Need.Probabilities or Need.Labels && answers.Task is TaskKind.Regression or TaskKind.Quantile)
            throw new InputException(
                $"{metric.Name} scores classes, but the target '{answers.Target.Columns[0]}' is a number. " +
                "Declare Target.Binary, Target.Classes or Target.Ordinal, or take a metric of numbers (rmse, mae, …).");
        return new(metric, PlainDecision(metric, answers));
    }

    static Decision PlainDecision(Metric metric, TargetValues answers) => (metric.Need, answers.Task) switch
    {
        (Need.Labels, TaskKind.Multiclass) => new MostLikely(),
        (Need.Labels, TaskKind.Ordinal) => Rounded.ToNearest(answers.Classes.Length),
        (Need.Labels, _) => new Threshold(0.5),
        (Need.Values, _) when metric.Least is { } least => new Raised(least),
        _ => new Unchanged(),
    };

    /// <param name="predicted">On the table's own scale.</param>
    /// <param name="answers">Of the same rows.</param>
    /// <param name="weights">Of the same rows, where they do not count alike.</param>
    /// <param name="groups">Of the same rows, for metrics within groups.</param>
    public double Score(Predictions predicted, TargetValues answers, ReadOnlyMemory<float>? weights = null, ReadOnlyMemory<int>? groups = null) =>
        Metric.Score(answers.Truth, Decision.Apply(predicted), weights is { } w ? w.Span : [], groups is { } g ? g.Span : []);

    /// <param name="predicted">On the table's own scale.</param>
    /// <param name="rows">The same rows, with answers.</param>
    public double Score(Predictions predicted, Dataset rows) => Score(predicted, rows.Answers, rows.Weights, rows.Groups);
}
