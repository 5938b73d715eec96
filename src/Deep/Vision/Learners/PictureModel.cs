using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>All of a fitted network over pictures but its weights and its learner's settings: written as model.json.</summary>
public sealed record PictureState
{
    public int Schema { get; init; } = 1;

    public required Objective Objective { get; init; }

    public FitRecord Record { get; init; } = FitRecord.Nothing;
}

/// <summary>A fitted network over pictures: model.json and weights.safetensors.</summary>
public sealed class PictureModel(PictureNet learner, Network network, PictureState state, Device device, int threads) : IModel
{
    const string StateFile = "model.json", WeightsFile = "weights.safetensors";

    public FitRecord Record => state.Record;

    public Network Network => network;

    public Predictions Predict(Dataset rows)
    {
        TorchDevice.UseThreads(threads);
        var objective = state.Objective;
        var values = new float[rows.Rows * objective.Outputs];
        if (rows.Rows == 0) return new(objective.Kind, new(values, objective.Outputs));
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        network.eval();
        var views = learner.Views ?? TestViews.Plain;
        var none = zeros(rows.Rows, device: device).DetachFromDisposeScope();
        using var bytes = PictureBytes.Of(rows, learner.Form, none, null, device, threads);
        var at = 0;
        foreach (var taken in bytes.InOrder(network.PredictBatch))
        {
            using var step = NewDisposeScope();
            using var batch = taken;
            var pictures = learner.Normalisation.Apply(batch.Inputs[0]);
            var mean = views.Mean(pictures, x => objective.Decode(network.call([x])));
            mean.to(ScalarType.Float32).cpu().contiguous().data<float>().CopyTo(values, at);
            at += (int)batch.Rows * objective.Outputs;
        }
        return new(objective.Kind, new(values, objective.Outputs));
    }

    public void Save(string folder)
    {
        File.WriteAllText(Path.Combine(folder, StateFile), JsonSerializer.Serialize(state, EncoderJson.Options));
        Safetensors.Write(Path.Combine(folder, WeightsFile), network.state_dict().Select(s => (s.Key, s.Value)));
    }

    /// <exception cref="InputException">The folder does not hold a model, or not this network's.</exception>
    internal static PictureModel Load(PictureNet learner, string folder, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var file = Path.Combine(folder, StateFile);
        if (!File.Exists(file)) throw new InputException($"There is no model in {folder}: {StateFile} is missing. Fit it again.");
        PictureState state;
        try
        {
            state = JsonSerializer.Deserialize<PictureState>(File.ReadAllText(file), EncoderJson.Options) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{file} cannot be read: {e.Message} Fit the model again.", e);
        }
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, device);
        var network = learner.Build(state.Objective.Outputs, random, new MatrixPrecision(TrainingPrecision.Float32), withWeights: false);
        network.to(device);
        NetworkWeights.Into(network, Path.Combine(folder, WeightsFile));
        foreach (var tensor in network.parameters().Concat(network.buffers())) tensor.DetachFromDisposeScope();
        network.eval();
        return new(learner, network, state, device, context.Threads);
    }

    public void Dispose() => network.Dispose();
}
