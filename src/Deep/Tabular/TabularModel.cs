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

namespace Kaggle.Deep.Tabular;

/// <summary>All of a fitted network but its weights: written as model.json.</summary>
public sealed record TabularState
{
    public int Schema { get; init; } = 1;

    /// <summary>The learner that made it.</summary>
    public required string Kind { get; init; }

    public required NetworkSettings Settings { get; init; }

    public required TableEncoding Encoding { get; init; }

    public required Objective Objective { get; init; }

    public FitRecord Record { get; init; } = FitRecord.Nothing;

    public NoisyViews? Views { get; init; }

    /// <summary>Whose predictions are averaged.</summary>
    public int Networks { get; init; } = 1;
}

/// <summary>Fitted networks over tables, nearly always one: model.json and weights.safetensors, of further ones weights-2.safetensors and on.</summary>
public sealed class TabularModel(IReadOnlyList<Network> networks, TabularState state, Device device, int threads) : IViewsRows
{
    const string StateFile = "model.json";

    public FitRecord Record => state.Record;

    public TabularState State => state;

    public Predictions Predict(Dataset rows)
    {
        TorchDevice.UseThreads(threads);
        using var scope = NewDisposeScope();
        using var source = new ResidentRows(state.Encoding.Encode(rows, device), empty(rows.Rows, 0).DetachFromDisposeScope());
        return Of(source);
    }

    public int Views => state.Views?.Count ?? 0;

    public double PlainShare => state.Views?.PlainShare ?? 1;

    public Predictions PredictView(Dataset rows, int view)
    {
        TorchDevice.UseThreads(threads);
        using var scope = NewDisposeScope();
        using var random = new Randomness(view, device);
        var inputs = state.Encoding.Encode(rows, device);
        using (no_grad())
            inputs[0].add_(state.Views!.Noise * empty_like(inputs[0]).normal_(0, 1, random.Device));
        using var source = new ResidentRows(inputs, empty(rows.Rows, 0).DetachFromDisposeScope());
        return Of(source);
    }

    public void Save(string folder)
    {
        File.WriteAllText(Path.Combine(folder, StateFile), JsonSerializer.Serialize(state, EncoderJson.Options));
        for (var i = 0; i < networks.Count; i++)
            Safetensors.Write(Path.Combine(folder, WeightsFile(i)), networks[i].state_dict().Select(s => (s.Key, s.Value)));
    }

    /// <exception cref="InputException">The folder does not hold a model, or not this network's.</exception>
    internal static TabularModel Load(string folder, string kind, BuildNetwork build, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var file = Path.Combine(folder, StateFile);
        if (!File.Exists(file)) throw new InputException($"There is no model in {folder}: {StateFile} is missing. Fit it again.");
        TabularState state;
        try
        {
            state = JsonSerializer.Deserialize<TabularState>(File.ReadAllText(file), EncoderJson.Options) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{file} cannot be read: {e.Message} Fit the model again.", e);
        }
        if (state.Schema != 1 || state.Kind != kind)
            throw new InputException($"{file} holds a {state.Kind} of schema {state.Schema}; a {kind} of schema 1 was expected.");

        using var scope = NewDisposeScope();
        using var random = new Randomness(0, device);
        var networks = new List<Network>();
        for (var i = 0; i < state.Networks; i++)
        {
            var network = build(state.Settings, state.Encoding, state.Objective.Outputs, random, new MatrixPrecision(TrainingPrecision.Float32));
            network.to(device);
            NetworkWeights.Into(network, Path.Combine(folder, WeightsFile(i)));
            networks.Add(TabularTraining.Owned(network));
        }
        return new(networks, state, device, context.Threads);
    }

    public void Dispose()
    {
        foreach (var network in networks) network.Dispose();
    }

    Predictions Of(ResidentRows rows)
    {
        var each = networks.Select(network => NetworkPredictions.Of(network, state.Objective, rows)).ToArray();
        return each.Length == 1 ? each[0] : Predictions.Mean(each);
    }

    static string WeightsFile(int network) => network == 0 ? "weights.safetensors" : $"weights-{network + 1}.safetensors";
}
