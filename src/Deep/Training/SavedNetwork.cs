using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Training;

/// <summary>All of a fitted network but its weights and what its learner's settings tell.</summary>
public sealed record NetworkState(Objective Objective, FitRecord Record);

/// <summary>A fitted network in a model's folder: model.json says what it is, weights.safetensors what it learned; of a second network weights-2.safetensors, and so on.</summary>
static class SavedNetwork
{
    const string StateFile = "model.json";

    /// <param name="folder">Exists, and is empty.</param>
    /// <param name="state">What is needed to build the networks again.</param>
    /// <param name="networks">Nearly always one.</param>
    public static void Save<TState>(string folder, TState state, params IReadOnlyList<Network> networks) where TState : class
    {
        ModelFile.Write(folder, StateFile, state);
        foreach (var (number, network) in networks.Index())
            Safetensors.Write(Path.Combine(folder, WeightsFile(number)), network.state_dict().Select(s => (s.Key, s.Value)));
    }

    /// <exception cref="InputException">It is missing, damaged, or a newer version's.</exception>
    public static TState State<TState>(string folder) where TState : class => ModelFile.Read<TState>(folder, StateFile);

    /// <param name="folder">The model's.</param>
    /// <param name="device">Where it will compute.</param>
    /// <param name="build">The network that was saved, with any weights.</param>
    /// <param name="number">Which of the networks, from 0.</param>
    /// <returns>Ready to predict; owned by the caller.</returns>
    /// <exception cref="InputException">The weights are missing, damaged, or another network's.</exception>
    public static TNetwork Load<TNetwork>(string folder, Device device, Func<Randomness, TNetwork> build, int number = 0) where TNetwork : Network
    {
        var file = Path.Combine(folder, WeightsFile(number));
        if (!File.Exists(file)) throw new InputException($"There is no whole model in {folder}: {WeightsFile(number)} is missing. Fit it again.");
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, device);
        var network = build(random);
        network.to(device);
        NetworkWeights.Into(network, file);
        return network.OwningItsWeights();
    }

    static string WeightsFile(int number) => number == 0 ? "weights.safetensors" : $"weights-{number + 1}.safetensors";
}
