using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Baselines.Boosting;

/// <summary>Scores the validation rows after each tree: by the competition's metric where one booster makes the whole prediction, else by the loss.</summary>
sealed class ValidationScore
{
    readonly Metric? metric;                                  // null: LightGBM scores by Native
    readonly bool higherIsBetter;
    readonly TargetValues answers;
    readonly ReadOnlyMemory<float>? weights;
    readonly ReadOnlyMemory<int>? groups;
    readonly double[] predictions;                            // (outputs, rows)
    readonly int outputs;
    readonly List<double> curve = [];
    double best;

    ValidationScore(string name, string? native, Metric? metric, bool higherIsBetter, Dataset validation, int outputs)
    {
        (Name, Native, this.metric, this.higherIsBetter, this.outputs) = (name, native, metric, higherIsBetter, outputs);
        (answers, weights, groups) = (validation.Answers, validation.Weights, validation.Groups);
        predictions = metric is null ? [] : new double[validation.Rows * outputs];
        best = higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
    }

    public string Name { get; }

    /// <summary>LightGBM's name of the metric that it computes itself; null: none.</summary>
    public string? Native { get; }

    public IReadOnlyList<double> Curve => curve;

    public string Latest => curve.Count == 0 ? "" : $", {Name} {curve[^1].ToString("0.#####", CultureInfo.InvariantCulture)}";

    /// <summary>By the loss, which every part of the rows can be scored by: a few may lack what a metric needs.</summary>
    public static ValidationScore ByLoss(BoosterTask task, Dataset validation) => new(LossName(task), Loss(task), null, higherIsBetter: false, validation, task.Classes);

    public static ValidationScore For(Metric? metric, BoosterTask task, TargetValues train, Dataset validation, bool alone)
    {
        // Labels jump from tree to tree: the loss under them says sooner which way it goes.
        if (metric is null || !alone || metric.Need == Need.Labels || train.Task is TaskKind.Quantile)
            return ByLoss(task, validation);
        return Equal(metric, task, train, validation) is { } native
            ? new(metric.Name, native, null, metric.HigherIsBetter, validation, task.Classes)
            : new(metric.Name, null, metric, metric.HigherIsBetter, validation, task.Classes);
    }

    /// <returns>Whether this is the best score so far.</returns>
    public bool Improves(Booster booster)
    {
        var score = metric is null ? booster.ValidationScore() : metric.Score(answers.Truth, metric.Raise(Predicted(booster)), Span(weights), Span(groups));
        curve.Add(score);
        if (!(higherIsBetter ? score > best : score < best)) return false;
        best = score;
        return true;
    }

    Matrix Predicted(Booster booster)
    {
        booster.ValidationPredictions(predictions);
        var rows = predictions.Length / outputs;
        var values = new float[predictions.Length];
        for (var output = 0; output < outputs; output++)
            for (var row = 0; row < rows; row++)
                values[row * outputs + output] = answers.Scale.Back((float)predictions[output * rows + row]);
        return new(values, outputs);
    }

    static ReadOnlySpan<T> Span<T>(ReadOnlyMemory<T>? memory) => memory is { } values ? values.Span : default;

    static string Loss(BoosterTask task) => task.Objective.Name switch
    {
        "binary" => "binary_logloss",
        "multiclass" or "multiclassova" => "multi_logloss",
        "regression" => "l2",
        "regression_l1" => "l1",
        var other => other,                                   // the others' metrics are called as they are
    };

    static string LossName(BoosterTask task) => Loss(task) switch
    {
        "binary_logloss" or "multi_logloss" => "log-loss",
        "l2" => "mse",
        "l1" => "mae",
        var other => other,
    };

    /// <returns>LightGBM's name of a metric that it computes just as ours is, only sooner; null: there is none.</returns>
    static string? Equal(Metric metric, BoosterTask task, TargetValues train, Dataset validation) => (metric.Name, train.Task) switch
    {
        ("auc", TaskKind.Binary) => "auc",
        ("log-loss", TaskKind.Binary) => "binary_logloss",
        ("log-loss", TaskKind.Multiclass) when task.Classes == validation.Answers.Classes.Length => "multi_logloss",
        ("rmse", TaskKind.Regression) when train.Scale == Scale.Same => "rmse",
        ("mse", TaskKind.Regression) when train.Scale == Scale.Same => "l2",
        ("mae", TaskKind.Regression) when train.Scale == Scale.Same => "l1",
        _ => null,
    };
}
