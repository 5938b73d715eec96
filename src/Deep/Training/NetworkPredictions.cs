using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

/// <summary>Runs a network over rows, in parts that fit, in evaluation mode.</summary>
public static class NetworkPredictions
{
    /// <returns>(rows, outputs), in the order of the rows.</returns>
    public static Predictions Of(Network network, Objective objective, IRowSource rows)
    {
        var values = new float[rows.Rows * objective.Outputs];
        var at = 0;
        Each(network, rows, (output, _) =>
        {
            var part = objective.Decode(output).to(ScalarType.Float32).cpu().contiguous().data<float>();
            part.CopyTo(values, at);
            at += (int)part.Count;
        });
        return new(objective.Kind, new(values, objective.Outputs));
    }

    /// <summary>Every row once, in order; what the action makes of tensors is freed.</summary>
    public static void Each(Network network, IRowSource rows, Action<Tensor, TrainingBatch> take)
    {
        using var inference = inference_mode();
        network.eval();
        foreach (var taken in rows.InOrder(network.PredictBatch))
        {
            using var scope = NewDisposeScope();
            using var batch = taken;
            take(network.call(batch.Inputs), batch);
        }
    }
}
