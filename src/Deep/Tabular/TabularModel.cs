using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Tabular;

/// <summary>All of a fitted network but its weights: written as model.json.</summary>
public sealed record TabularState
{
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

/// <summary>Fitted networks over tables, nearly always one.</summary>
public sealed class TabularModel(IReadOnlyList<Network> networks, TabularState state, Device device, int threads) : IViewsRows
{
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

    public void Save(string folder) => SavedNetwork.Save(folder, state, networks);

    /// <exception cref="InputException">The folder does not hold a model, or not this network's.</exception>
    internal static TabularModel Load(string folder, string kind, BuildNetwork build, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var state = SavedNetwork.State<TabularState>(folder);
        if (state.Kind != kind) throw new InputException($"{folder} holds a model of {state.Kind}; one of {kind} was expected.");
        Network Build(Randomness random) => build(state.Settings, state.Encoding, state.Objective.Outputs, random, new MatrixPrecision(TrainingPrecision.Float32));
        return new([.. Enumerable.Range(0, state.Networks).Select(number => SavedNetwork.Load(folder, device, Build, number))], state, device, context.Threads);
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
}
