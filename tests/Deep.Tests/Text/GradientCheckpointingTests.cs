using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Text;

public class GradientCheckpointingTests
{
    const int Batch = 4, Length = 32, Hidden = 32;

    public GradientCheckpointingTests() => Libtorch.Load();

    static EncoderConfig Config(string type, int layers) => new()
    {
        ModelType = type, VocabSize = 50, HiddenSize = Hidden, NumHiddenLayers = layers, NumAttentionHeads = 4, IntermediateSize = 64, MaxPositionEmbeddings = 64,
        TypeVocabSize = type == "bert" ? 2 : 0, PositionBuckets = 8, HiddenDropoutProb = 0.2, AttentionProbsDropoutProb = 0.2,
    };

    [Theory]
    [InlineData("bert", TrainingPrecision.Float32)]
    [InlineData("bert", TrainingPrecision.BFloat16)]
    [InlineData("deberta-v2", TrainingPrecision.Float32)]
    public void Loss_and_gradients_are_those_of_kept_activations(string type, TrainingPrecision precision)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var (kept, again) = (Learned(false), Learned(true));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(kept.Keys, again.Keys);
        Assert.All(kept, pair =>
        {
            var size = Math.Max(1e-3f, pair.Value.Max(Math.Abs));
            Assert.All(pair.Value.Zip(again[pair.Key]), both => Assert.Equal(both.First, both.Second, size * (precision == TrainingPrecision.Float32 ? 1e-5f : 2e-2f)));
        });
        Assert.Contains(kept, pair => pair.Value.Any(v => Math.Abs(v) > 0.01f));

        Dictionary<string, float[]> Learned(bool recompute)
        {
            using var scope = NewDisposeScope();
            using var random = new Randomness(5, CPU);
            using var network = EncoderCheckpoint.Build(Config(type, 3), random, new(precision));
            if (recompute) network.Recomputation = new(random);
            network.train();
            var output = Called(network);
            var loss = (output * linspace(-1, 1, output.numel()).view(output.shape)).sum();
            loss.backward();
            network.Recomputation?.Check();
            return network.named_parameters().Where(p => p.parameter.grad is not null).ToDictionary(p => p.name, p => p.parameter.grad!.data<float>().ToArray())
                .Append(new("loss", [loss.item<float>()])).ToDictionary();
        }
    }

    [Fact]
    public void A_layer_more_holds_its_inputs_and_no_activations()
    {
        var output = Batch * Length * Hidden * sizeof(float);
        var (kept, again) = (Held(4, false) - Held(3, false), Held(4, true) - Held(3, true));
        Assert.InRange(again, output, 2 * output + 2 * RandomState());                      // the node's own copy of the output's form counts as one
        Assert.InRange(kept, 5 * again, long.MaxValue);
    }

    /// <returns>Bytes of different memory that tensors hold after a forward pass, apart from weights.</returns>
    static long Held(int layers, bool recompute)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(5, CPU);
        using var network = EncoderCheckpoint.Build(Config("bert", layers), random, new(TrainingPrecision.Float32));
        if (recompute) network.Recomputation = new(random);
        network.train();
        using var pass = NewDisposeScope();
        Called(network);
        var counted = new List<Tensor>();
        foreach (var tensor in pass.DisposablesView.OfType<Tensor>().Where(t => t.numel() > 0 && t.is_contiguous()))
            if (!counted.Any(other => other.bytes.Overlaps(tensor.bytes))) counted.Add(tensor);
        return counted.Sum(t => (long)t.bytes.Length);
    }

    static long RandomState()
    {
        using var random = new Randomness(5, CPU);
        using var state = random.Host.get_state();
        return state.numel();
    }

    static Tensor Called(TextEncoderNetwork network)
    {
        var tokens = arange(Batch * Length, int64).view(Batch, Length).remainder(50);
        return network.call(tokens, zeros_like(tokens), ones_like(tokens).to(ScalarType.Bool));
    }
}
