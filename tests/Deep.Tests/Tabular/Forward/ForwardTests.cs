using System.Text.Json;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Tabular.Forward;

/// <summary>Small networks with given weights against the same computed in NumPy from the papers' formulas (make_vectors.py): same names, shapes and outputs.</summary>
public class ForwardTests
{
    static readonly int[] levels = [3, 4];

    static readonly NetworkSettings settings = new() { Hidden = [5, 4], Members = 3, Bins = 2, EmbeddingWidth = 3 };

    static readonly NetworkSettings neighbours = new() { Hidden = [4, 5], Frequencies = 5, Deviation = 1, EmbeddingWidth = 3, Kept = 6, Drawn = 3, Temperature = 0.7 };

    static readonly Dictionary<string, Func<Randomness, MatrixPrecision, Network>> nets = new()
    {
        ["mlp"] = (random, compute) => new MlpNetwork(2, 3, levels, settings with { Hidden = [5] }, 2, random, compute),
        ["tabm mini"] = (random, compute) => new TabMNetwork(2, 3, levels, settings with { Variant = "mini" }, 2, random, compute),
        ["tabm full"] = (random, compute) => new TabMNetwork(2, 3, levels, settings with { Variant = "full" }, 2, random, compute),
        ["realmlp selu"] = (random, compute) => new RealMlpNetwork(2, 3, levels, settings with { EmbeddingWidth = 8, Variant = "selu" }, 2, random, compute),
        ["realmlp mish"] = (random, compute) => new RealMlpNetwork(2, 3, levels, settings with { EmbeddingWidth = 8, Variant = "mish" }, 2, random, compute),
        ["resnet"] = (random, compute) => new TabularResNetNetwork(2, 3, levels, settings with { Hidden = [4, 4] }, 2, random, compute),
        ["ft-transformer"] = (random, compute) => new FtTransformerNetwork(3, levels, settings with { Hidden = [6, 6], Heads = 2 }, 2, random, compute),
        ["modernnca numbers"] = (random, compute) => new ModernNcaNetwork(2, 3, levels, neighbours with { Variant = "numbers" }, 2, random, compute),
        ["modernnca classes"] = (random, compute) => new ModernNcaNetwork(2, 3, levels, neighbours with { Variant = "classes" }, 3, random, compute),
        ["modernnca chances"] = (random, compute) => new ModernNcaNetwork(2, 3, levels, neighbours with { Variant = "chances" }, 1, random, compute),
        ["modernnca quantiles"] = (random, compute) => new ModernNcaNetwork(2, 3, levels, neighbours with { Variant = "quantiles" }, 3, random, compute),
    };

    static readonly JsonElement vectors = JsonDocument.Parse(typeof(ForwardTests).Assembly.GetManifestResourceStream("forward vectors")!).RootElement;

    public static TheoryData<string> Names => [.. nets.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_network_with_given_weights_says_what_numpy_says(string name)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        var net = nets[name](random, new MatrixPrecision(TrainingPrecision.Float32));
        var given = vectors.GetProperty("nets").GetProperty(name);
        var weights = given.GetProperty("weights").EnumerateObject().ToDictionary(w => w.Name, w => Given(w.Value));
        var own = net.state_dict();
        Assert.Equal(weights.Keys.Order(), own.Keys.Order());
        foreach (var (key, value) in own)
        {
            Assert.Equal(weights[key].shape, value.shape);
            value.copy_(weights[key]);
        }
        net.eval();
        var said = net.call([Given(vectors.GetProperty("numbers")), Given(vectors.GetProperty("codes")).to(ScalarType.Int64)]);
        var expected = Given(given.GetProperty("output"));
        Assert.Equal(expected.shape, said.shape);
        Assert.Equal(0, (said - expected).abs().max().item<float>(), 2e-5f);
    }

    static Tensor Given(JsonElement written) => tensor(
        written.GetProperty("values").EnumerateArray().Select(v => v.GetSingle()).ToArray(),
        written.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64()).ToArray());
}
