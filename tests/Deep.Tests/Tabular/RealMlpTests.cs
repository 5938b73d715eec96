using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training.Optimizers;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Tabular;

/// <summary>What RealMLP's parts begin with, how fast they learn and how they decay.</summary>
public class RealMlpTests
{
    [Theory]
    [InlineData("scale", 6)]
    [InlineData("dense.0.weight", 1)]
    [InlineData("activations.0.share", 0.1)]
    [InlineData("numbers_embedding.frequencies", 0.1)]
    [InlineData("categories_embedding.tables.0", 1)]
    public void A_part_learns_at_its_factor_and_decays_at_its_square(string name, double factor)
    {
        var group = GroupOf(name);
        Assert.Equal((factor, factor, true), (group.Rate, group.DecayFactor, group.Decays));
    }

    [Fact]
    public void A_bias_of_a_dense_layer_learns_slowly_and_does_not_decay()
    {
        var group = GroupOf("dense.0.bias");
        Assert.Equal((0.1, false), (group.Rate, group.Decays));
    }

    [Theory]
    [InlineData(16, 0.1)]
    [InlineData(48, 0.5)]
    public void Frequencies_are_as_many_as_asked_for_and_spread_as_asked_for(int count, double deviation)
    {
        Libtorch.Load();
        using var random = new Randomness(1, CPU);
        var settings = new NetworkSettings { Hidden = [5], Frequencies = count, Deviation = deviation, Variant = "mish" };
        using var network = new RealMlpNetwork(40, 40, [], settings, 1, random, new MatrixPrecision(TrainingPrecision.Float32));

        var drawn = network.named_parameters().Single(p => p.name == "numbers_embedding.frequencies").parameter;

        Assert.Equal([40, count], drawn.shape);
        Assert.InRange(drawn.std().item<float>(), 0.9 * deviation, 1.1 * deviation);
    }

    static ParameterGroup GroupOf(string name)
    {
        Libtorch.Load();
        using var random = new Randomness(1, CPU);
        using var network = new RealMlpNetwork(2, 3, [12], new NetworkSettings { Hidden = [5], EmbeddingWidth = 8, Frequencies = 16, Deviation = 0.1, Variant = "mish" }, 1, random, new MatrixPrecision(TrainingPrecision.Float32));
        return network.Groups().Single(g => g.Parameters.Any(p => p.Name == name));
    }
}
