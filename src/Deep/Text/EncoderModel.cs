using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Text;

/// <summary>A fitted encoder: model.json and weights.safetensors; config and tokenizer are those of the learner's folder.</summary>
sealed class EncoderModel(EncoderHead network, FineTunedEncoder learner, Objective objective, EncoderTokenizer tokenizer, FitRecord record, Device device, int threads) : IModel
{
    const string StateFile = "model.json", WeightsFile = "weights.safetensors";

    public FitRecord Record => record;

    public Predictions Predict(Dataset rows)
    {
        TorchDevice.UseThreads(threads);
        using var scope = NewDisposeScope();
        using var reader = learner.Reader(rows.WithTarget(null), tokenizer, objective);
        return reader.InOrderOfLength(ordered => NetworkPredictions.Of(network, objective, new PrefetchedRows(ordered, device)));
    }

    public void Save(string folder)
    {
        File.WriteAllText(Path.Combine(folder, StateFile), JsonSerializer.Serialize(new Saved(objective, record), EncoderJson.Options));
        Safetensors.Write(Path.Combine(folder, WeightsFile), network.state_dict().Select(s => (s.Key, s.Value)));
    }

    public static EncoderModel Load(string folder, FineTunedEncoder learner, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var saved = JsonSerializer.Deserialize<Saved>(File.ReadAllText(Path.Combine(folder, StateFile)), EncoderJson.Options)!;
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, device);
        var body = EncoderCheckpoint.Build(EncoderConfig.Read(Path.Combine(learner.Folder, "config.json")), random, new(TrainingPrecision.Float32));
        var network = new EncoderHead(body, saved.Objective.Outputs, learner.Pooling, learner.Dropout, learner.DropoutSamples, random);
        network.to(device);
        NetworkWeights.Into(network, Path.Combine(folder, WeightsFile));
        return new(Owned(network), learner, saved.Objective, EncoderTokenizer.Read(learner.Folder), saved.Record, device, context.Threads);
    }

    public void Dispose() => network.Dispose();

    /// <summary>Takes the weights out of the scope that made them: the network owns them from here.</summary>
    public static EncoderHead Owned(EncoderHead network)
    {
        foreach (var tensor in network.parameters().Concat(network.buffers())) tensor.DetachFromDisposeScope();
        network.eval();
        return network;
    }

    sealed record Saved(Objective Objective, FitRecord Record);
}
