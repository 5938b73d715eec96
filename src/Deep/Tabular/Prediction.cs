using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using static TorchSharp.torch;

namespace Kaggle.Deep.Tabular;

/// <summary>Runs a network over rows, in parts that fit, in full precision.</summary>
static class Prediction
{
    public static Predictions Of(Network network, Objective objective, Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        network.eval();
        var rows = (int)inputs[0].shape[0];
        var values = new float[rows * objective.Outputs];
        foreach (var (start, length) in Slices(rows, network.PredictBatch))
        {
            using var step = NewDisposeScope();
            var output = objective.Decode(network.call([.. inputs.Select(x => x.narrow(0, start, length))]));
            output.to(ScalarType.Float32).cpu().contiguous().data<float>().CopyTo(values, start * objective.Outputs);
        }
        return new(objective.Kind, new(values, objective.Outputs));
    }

    public static IEnumerable<(int Start, int Length)> Slices(int rows, int size)
    {
        for (var start = 0; start < rows; start += size) yield return (start, Math.Min(size, rows - start));
    }
}
