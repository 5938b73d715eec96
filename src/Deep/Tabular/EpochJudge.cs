using Kaggle.Core.Data;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using static TorchSharp.torch;

namespace Kaggle.Deep.Tabular;

/// <summary>Scores a network on validation rows after each epoch: by the competition's metric where it takes probabilities or values, else by the loss, which changes more smoothly than decided labels.</summary>
sealed class EpochJudge : IDisposable
{
    readonly Tensor[] inputs;
    readonly Tensor target;
    readonly Tensor? weights;
    readonly Dataset rows;
    readonly Objective objective;
    readonly Metric? metric;
    readonly bool byError;

    public EpochJudge(TableEncoding encoding, Objective objective, Dataset rows, Metric? metric, bool byError, Device device)
    {
        (this.rows, this.objective) = (rows, objective);
        inputs = encoding.Encode(rows, device);
        target = objective.Targets(rows.Answers, device);
        weights = rows.Weights is { } w ? tensor(w.ToArray(), device: device).DetachFromDisposeScope() : null;
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
        using var scope = NewDisposeScope();
        if (metric is not null) return Scored(Prediction.Of(network, objective, inputs).Values);
        if (byError) return Errors(Prediction.Of(network, objective, inputs).Values);
        using var inference = inference_mode();
        network.eval();
        var sum = 0.0;
        foreach (var (start, length) in Prediction.Slices(rows.Rows, network.PredictBatch))
        {
            using var step = NewDisposeScope();
            var output = network.call([.. inputs.Select(x => x.narrow(0, start, length))]);
            sum += objective.LossOf(output, new([], target.narrow(0, start, length), weights?.narrow(0, start, length))).item<float>() * length;
        }
        return sum / rows.Rows;
    }

    double Errors(Matrix predicted)
    {
        var wrong = 0;
        for (var row = 0; row < predicted.Rows; row++)
        {
            var chances = predicted.Row(row);
            var said = chances.Length == 1 ? chances[0] > 0.5f ? 1 : 0 : System.Numerics.Tensors.TensorPrimitives.IndexOfMax(chances);
            if (said != rows.Answers.Truth[row, 0]) wrong++;
        }
        return wrong / (double)predicted.Rows;
    }

    double Scored(Matrix predicted)
    {
        var answers = rows.Answers;
        if (objective.Kind == OutputKind.Values && answers.Scale != Scale.Same) predicted = predicted.Map(x => answers.Scale.Back(x));
        return metric!.Score(answers.Truth, predicted, rows.Weights is { } w ? w.Span : default);
    }

    public void Dispose()
    {
        foreach (var input in inputs) input.Dispose();
        target.Dispose();
        weights?.Dispose();
    }
}
