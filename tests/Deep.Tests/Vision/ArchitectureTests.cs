using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Vision;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>What every architecture must do; one line in <see cref="published"/> adds one.</summary>
public class ArchitectureTests
{
    /// <summary>Name, network, classes, learned numbers as published, side of a picture, channels and side of the maps.</summary>
    static readonly (string Name, PictureArchitecture Architecture, int Classes, long Count, int Side, int Features, int Map)[] published =
    [
        ("mobilenet_v2", new MobileNetV2(), 1000, 3_504_872, 64, 1280, 2),                                 // torchvision
        ("mobilenet_v2 tf", new MobileNetV2 { Padding = PaddingRule.TensorFlow }, 1000, 3_504_872, 65, 1280, 3),
        ("mobilenet_v2 0.35", new MobileNetV2 { Width = 0.35 }, 0, 396_128, 64, 1280, 2),                  // Keras: 410,208 without its classifier, less 2 × 7,040 statistics
        ("squeezenet1_0", new SqueezeNet(), 1000, 1_248_424, 67, 512, 3),                                  // torchvision
        ("resnet20 cifar", new CifarResNet { Depth = 20 }, 10, 269_722, 32, 64, 8),                        // akamaster/pytorch_resnet_cifar10: 0.27M
        ("resnet56 cifar", new CifarResNet { Depth = 56 }, 10, 853_018, 32, 64, 8),                        // the same: 0.85M
        ("resnet18", new ResNet { Depth = 18 }, 1000, 11_689_512, 64, 512, 2),                             // torchvision
        ("resnet34", new ResNet { Depth = 34 }, 1000, 21_797_672, 64, 512, 2),                             // torchvision
        ("resnet50", new ResNet { Depth = 50 }, 1000, 25_557_032, 64, 2048, 2),                            // torchvision
        ("resnet26d", new ResNet { Depth = 26, Deep = true }, 1000, 16_014_408, 64, 2048, 2),              // timm: 16.01M
        ("resnet18d", new ResNet { Depth = 18, Deep = true }, 1000, 11_708_744, 64, 512, 2),               // timm: 11.71M
        ("convnext_atto", new ConvNeXt { Size = ConvNeXtSize.Atto }, 1000, 3_695_520, 64, 320, 2),         // timm: 3.70M
        ("convnext_femto", new ConvNeXt { Size = ConvNeXtSize.Femto }, 1000, 5_217_784, 64, 384, 2),       // timm: 5.22M
        ("convnext_pico", new ConvNeXt { Size = ConvNeXtSize.Pico }, 1000, 9_045_672, 64, 512, 2),         // timm: 9.05M
        ("convnext_nano", new ConvNeXt { Size = ConvNeXtSize.Nano }, 1000, 15_593_560, 64, 640, 2),        // timm: 15.59M
        ("convnext_tiny", new ConvNeXt { Size = ConvNeXtSize.Tiny }, 1000, 28_589_128, 64, 768, 2),        // torchvision
        ("convnext_small", new ConvNeXt { Size = ConvNeXtSize.Small }, 1000, 50_223_688, 64, 768, 2),      // torchvision
        ("efficientnet_b0", new EfficientNet(), 1000, 5_288_548, 64, 1280, 2),                             // torchvision
        ("vit_tiny_patch16_224", new VisionTransformer(), 1000, 5_717_416, 64, 192, 0),                    // DeiT-Ti: 5,717,416
        ("vit_small_patch16_224", new VisionTransformer { Size = VisionTransformerSize.Small }, 1000, 22_050_664, 64, 384, 0),
        ("resnet9", new ResNet9(), 10, 6_573_120, 32, 512, 4),                                             // counted by hand: 9 × (3·64 + 64·128 + 2·128² + 128·256 + 256·512 + 2·512²) + norms + head
    ];

    public ArchitectureTests() => Libtorch.Load();

    public static TheoryData<string> Names => [.. published.Select(p => p.Name)];

    /// <summary>One of each family, small enough to be run often.</summary>
    public static TheoryData<string> Families => ["mobilenet_v2 tf", "squeezenet1_0", "resnet20 cifar", "resnet18", "resnet26d", "convnext_atto", "convnext_tiny", "efficientnet_b0", "vit_tiny_patch16_224", "resnet9"];

    static PictureNetwork Build(string name, int channels, int classes, Randomness random) =>
        published.Single(p => p.Name == name).Architecture.Build(channels, classes, random, new MatrixPrecision(TrainingPrecision.Float32));

    [Theory, MemberData(nameof(Names))]
    public void Has_as_many_parameters_as_published(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var expected = published.Single(p => p.Name == name);
        using var network = Build(name, 3, expected.Classes, random);
        Assert.Equal(expected.Count, network.parameters().Sum(p => p.numel()));
    }

    [Theory, MemberData(nameof(Families))]
    public void Gives_maps_features_and_classes_of_the_expected_shapes(string name)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        var expected = published.Single(p => p.Name == name);
        using var network = Build(name, 3, expected.Classes, random);
        network.eval();
        var maps = network.Maps(randn(2, 3, expected.Side, expected.Side));
        Assert.Equal(expected.Map == 0 ? [2, expected.Features] : [2, expected.Features, expected.Map, expected.Map], maps.shape);
        Assert.Equal([2, expected.Features], network.Pool(maps).shape);
        Assert.Equal([2, expected.Classes], network.call([randn(2, 3, expected.Side, expected.Side)]).shape);
    }

    [Theory, MemberData(nameof(Families))]
    public void The_last_stage_makes_its_maps_of_what_comes_before_it(string name)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        var expected = published.Single(p => p.Name == name);
        using var network = Build(name, 3, 0, random);
        network.eval();
        var pictures = randn(2, 3, expected.Side, expected.Side);
        if (!expected.Architecture.HasLastStage)
        {
            Assert.Empty(network.LastStage);
            Assert.Throws<NotSupportedException>(() => network.BeforeLastStage(pictures));
            return;
        }
        var before = network.BeforeLastStage(pictures);

        Assert.InRange(before.shape[2], 2 * expected.Map - 1, 2 * expected.Map + 1);         // twice as fine as the last maps, but for an odd row
        Assert.True(network.LastStage.Aggregate(before, (x, layer) => layer.call(x)).equal(network.Maps(pictures)).all().item<bool>());
    }

    [Theory, MemberData(nameof(Families))]
    public void Takes_one_channel_and_every_part_learns(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var expected = published.Single(p => p.Name == name);
        PictureHead head = expected.Map == 0 || expected.Architecture is ConvNeXt ? new PlainHead() : new ConcatPoolHead();
        using var network = new PictureClassifier(Build(name, 1, 0, random), head, 5, random, new MatrixPrecision(TrainingPrecision.Float32));
        network.train();
        var output = network.call([randn(4, 1, expected.Side, expected.Side)]);
        Assert.Equal([4, 5], output.shape);
        output.square().sum().backward();
        Assert.Empty(network.named_parameters().Where(p => p.parameter.grad is null || p.parameter.grad.isfinite().all().item<bool>() == false).Select(p => p.name));
        var groups = new LayerGroups(network).Divide(ParameterGroup.Of(network), PartRates.Geometric(0.01));
        Assert.Equal(network.Parts.Count, groups.Select(g => g.Rate).Distinct().Count());
        Assert.Equal(network.parameters().Count(), groups.Sum(g => g.Parameters.Count));
    }

    [Theory, MemberData(nameof(Families))]
    public void The_same_seed_gives_the_same_weights(string name)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Sum(1), Sum(1));
        Assert.NotEqual(Sum(1), Sum(2));

        double Sum(int seed)
        {
            using var random = new Randomness(seed, CPU);
            using var network = Build(name, 3, 0, random);
            return network.parameters().Sum(p => p.to(float64).abs().sum().item<double>());
        }
    }

    [Theory, MemberData(nameof(Families))]
    public void Leaves_no_tensors_behind(string name)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        using var network = Build(name, 3, 7, random);
        network.eval();
        var side = published.Single(p => p.Name == name).Side;
        var picture = randn(1, 3, side, side);
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        network.call([picture]).Dispose();
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData("mobilenet_v2", new[] { 32, 64, 96, 160, 320, 1280 })]
    [InlineData("squeezenet1_0", new[] { 256, 512, 512 })]
    [InlineData("resnet18", new[] { 512 })]
    public void Stretches_end_with_the_maps(string name, int[] channels)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        using var network = published.Single(p => p.Name == name).Architecture.Build(3, 0, random, new MatrixPrecision(TrainingPrecision.Float32));
        network.eval();
        var x = rand([2, 3, 64, 64], generator: random.Host);

        var stretches = network.Stretches(x);

        Assert.Equal(channels, stretches.Select(s => (int)s.shape[1]));
        Assert.Equal(network.Maps(x).contiguous().data<float>().ToArray(), stretches[^1].contiguous().data<float>().ToArray());
    }
}
