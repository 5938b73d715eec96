using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Sources;

namespace Kaggle.Deep.Training;

/// <summary>Scores a network on validation rows after each epoch: by the competition's metric where it takes probabilities or values, else by the loss, which changes more smoothly than decided labels.</summary>
public sealed class EpochJudge
{
    readonly Objective objective;
    readonly IRowSource rows;
    readonly TargetValues answers;
    readonly ReadOnlyMemory<float> weights;
    readonly Metric? metric;
    readonly bool byError;

    /// <param name="objective">What the network learns.</param>
    /// <param name="rows">The validation rows; they stay the caller's.</param>
    /// <param name="answers">Theirs.</param>
    /// <param name="weights">Theirs; empty: all count alike.</param>
    /// <param name="metric">The competition's; null: the loss.</param>
    /// <param name="byError">Whether the share of wrong classes stands for a metric of labels.</param>
    public EpochJudge(Objective objective, IRowSource rows, TargetValues answers, ReadOnlyMemory<float> weights, Metric? metric, bool byError = false)
    {
        (this.objective, this.rows, this.answers, this.weights) = (objective, rows, answers, weights);
        this.metric = metric is { Need: Need.Probabilities } && objective.Kind == OutputKind.Probabilities ? metric
            : metric is { Need: Need.Values } && objective.Task == TaskKind.Regression ? metric : null;
        this.byError = byError && (metric is null or { Need: Need.Labels }) && (objective.Task is TaskKind.Binary or TaskKind.Multiclass);
        try
        {
            if (this.metric is not null) Scored(new(new float[rows.Rows * objective.Outputs], objective.Outputs));
        }
        catch (InputException)
        {
            this.metric = null;                                          // not defined on these rows: a class is absent, say
        }
        Validation = this.metric is { } m ? new(m.Name, m.HigherIsBetter, Score) : new(this.byError ? "error" : "loss", false, Score);
    }

    public EpochScoring Validation { get; }

    double Score(Network network)
    {
        if (metric is not null) return Scored(NetworkPredictions.Of(network, objective, rows).Values);
        if (byError) return Errors(NetworkPredictions.Of(network, objective, rows).Values);
        var sum = 0.0;
        NetworkPredictions.Each(network, rows, (output, batch) => sum += objective.LossOf(output, batch).item<float>() * batch.Rows);
        return sum / rows.Rows;
    }

    double Errors(Matrix predicted)
    {
        var wrong = 0;
        for (var row = 0; row < predicted.Rows; row++)
        {
            var chances = predicted.Row(row);
            var said = chances.Length == 1 ? chances[0] > 0.5f ? 1 : 0 : TensorPrimitives.IndexOfMax(chances);
            if (said != answers.Truth[row, 0]) wrong++;
        }
        return wrong / (double)predicted.Rows;
    }

    double Scored(Matrix predicted)
    {
        if (objective.Kind == OutputKind.Values && answers.Scale != Scale.Same) predicted = predicted.Map(x => answers.Scale.Back(x));
        return metric!.Score(answers.Truth, metric.Raise(predicted), weights.Span);
    }
}
