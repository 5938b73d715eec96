using System.Text.Json;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>The networks against torchvision's own (make_torchvision_outputs.py): its names, its parameter counts, and its answers when every tensor is filled by a formula.</summary>
public class TorchvisionOutputTests
{
    static readonly Dictionary<string, PictureArchitecture> architectures = new()
    {
        ["mobilenet_v2"] = new MobileNetV2(), ["squeezenet1_0"] = new SqueezeNet(), ["resnet18"] = new ResNet { Depth = 18 }, ["resnet50"] = new ResNet { Depth = 50 },
        ["convnext_tiny"] = new ConvNeXt { Size = ConvNeXtSize.Tiny }, ["efficientnet_b0"] = new EfficientNet(),
    };

    public TorchvisionOutputTests() => Libtorch.Load();

    public static TheoryData<string> Names => [.. architectures.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_checkpoint_with_torchvision_s_names_answers_as_torchvision_does(string name)
    {
        using var stream = typeof(TorchvisionOutputTests).Assembly.GetManifestResourceStream("torchvision-outputs.json")!;
        using var json = JsonDocument.Parse(stream);
        var expected = json.RootElement.GetProperty(name);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        using var checkpoint = new StateDict(name, expected.GetProperty("state").EnumerateArray().ToDictionary(e => e[0].GetString()!, Filled));
        using var network = architectures[name].Load(checkpoint, 3, 1000, random, new MatrixPrecision(TrainingPrecision.Float32));
        Assert.Equal(expected.GetProperty("parameters").GetInt64(), network.parameters().Sum(p => p.numel()));
        var logits = network.call([Normalisation.PlusMinusOne.Apply(ReferenceOutputTests.Picture(96))]).data<float>().ToArray();
        var scale = expected.GetProperty("scale").GetDouble();
        Assert.All(expected.GetProperty("logits").EnumerateArray().Zip(logits), p => Assert.Equal(p.First.GetDouble(), p.Second, 1e-4 * scale));
    }

    static Tensor Filled(JsonElement entry)
    {
        var (name, shape) = (entry[0].GetString()!, entry[1].EnumerateArray().Select(d => d.GetInt64()).ToArray());
        var wave = (arange(shape.Aggregate(1L, (a, b) => a * b), dtype: float64) * 12.9898 + name.Length).sin();
        wave = name switch
        {
            _ when name.EndsWith("running_var", StringComparison.Ordinal) => wave.abs() * 0.5 + 1,
            _ when name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal) => wave * 0.1,
            _ when name.EndsWith("layer_scale", StringComparison.Ordinal) => wave * 0.1 + 0.5,
            _ when shape.Length < 2 => wave * 0.1 + 1,
            _ => wave * Math.Sqrt(2.0 / shape.Skip(1).Aggregate(1L, (a, b) => a * b)),
        };
        return wave.reshape(shape).to(float32);
    }
}
