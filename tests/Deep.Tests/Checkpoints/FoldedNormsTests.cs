using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Checkpoints;

public class FoldedNormsTests
{
    static readonly Dictionary<string, PictureArchitecture> architectures = new()
    {
        ["mobilenet_v2"] = new MobileNetV2 { Width = 0.35, NormEpsilon = 1e-3 }, ["resnet20 cifar"] = new CifarResNet(), ["resnet26d"] = new ResNet { Depth = 26, Deep = true },
        ["efficientnet_b0"] = new EfficientNet(),
    };

    public FoldedNormsTests() => Libtorch.Load();

    public static TheoryData<string> Names => [.. architectures.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_folded_checkpoint_answers_as_the_one_it_was_folded_from_and_stays_so_in_training(string name)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        var compute = new MatrixPrecision(TrainingPrecision.Float32);
        using var network = architectures[name].Build(3, 5, random, compute);
        foreach (var value in network.parameters().Concat(network.buffers()).Where(v => v.dim() == 1)) value.uniform_(0.5, 1.5, random.Host);
        network.eval();
        using var checkpoint = Folded(network);
        using var loaded = architectures[name].Load(checkpoint, 3, 5, random, compute);
        var pictures = randn(2, 3, 64, 64);
        var expected = network.call([pictures]);
        var most = expected.abs().max().item<float>();
        Assert.InRange((loaded.call([pictures]) - expected).abs().max().item<float>(), 0, 1e-3 * most);

        Assert.True(loaded.KeepsNorms);
        loaded.train();
        var maps = loaded.Maps(pictures);                                     // no dropout before the maps
        Assert.InRange((maps - network.Maps(pictures)).abs().max().item<float>(), 0, 1e-3 * maps.abs().max().item<float>());
    }

    // As an exporter does it, by the names of the modules alone: weight · γ/√(var + ε), and the shift as the bias.
    static StateDict Folded(PictureNetwork network)
    {
        var state = network.state_dict().Where(s => !s.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value.clone());
        var before = "";
        foreach (var (norm, module) in network.DepthFirst())
        {
            if (state.TryGetValue(norm + ".weight", out var weight) && weight.dim() == 4) before = norm;
            if (module is not TorchSharp.Modules.BatchNorm2d { eps: var epsilon }) continue;
            var factor = state[norm + ".weight"] / (state[norm + ".running_var"] + epsilon).sqrt();
            state[before + ".weight"] *= factor.view(-1, 1, 1, 1);
            state[before + ".bias"] = state[norm + ".bias"] - state[norm + ".running_mean"] * factor;
            foreach (var part in new[] { ".weight", ".bias", ".running_mean", ".running_var" }) state.Remove(norm + part);
        }
        return new("folded", state);
    }
}
