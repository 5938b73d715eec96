using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>Checkpoints with other projects' names, which list their layers in the same order as the networks here do.</summary>
public class PublishedNamesTests
{
    public PublishedNamesTests() => Libtorch.Load();

    [Fact]
    public void Keras_s_MobileNetV2_is_read()
    {
        List<string> layers = ["Conv1", "bn_Conv1", "expanded_conv_depthwise", "expanded_conv_depthwise_BN", "expanded_conv_project", "expanded_conv_project_BN"];
        for (var block = 1; block <= 16; block++)
            foreach (var layer in new[] { "expand", "depthwise", "project" }) layers.AddRange([$"block_{block}_{layer}", $"block_{block}_{layer}_BN"]);
        layers.AddRange(["Conv_1", "Conv_1_bn", "predictions"]);
        Same(new MobileNetV2 { Width = 0.35, NormEpsilon = 1e-3 }, layers, (layer, kind, value) => (layer.StartsWith("predictions", StringComparison.Ordinal), kind, value.dim()) switch
        {
            (true, "weight", _) => ($"{layer}/kernel:0", value.t()),
            (_, "weight", 4) when layer.Contains("depthwise") => ($"{layer}/depthwise_kernel:0", value.permute(2, 3, 0, 1)),
            (_, "weight", 4) => ($"{layer}/kernel:0", value.permute(2, 3, 1, 0)),
            (_, "weight", _) => ($"{layer}/gamma:0", value),
            (true, _, _) => ($"{layer}/bias:0", value),
            (_, "bias", _) => ($"{layer}/beta:0", value),
            (_, "running_mean", _) => ($"{layer}/moving_mean:0", value),
            _ => ($"{layer}/moving_variance:0", value),
        });
    }

    [Fact]
    public void Timm_s_MobileNetV2_is_read()
    {
        List<string> layers = ["conv_stem", "bn1", "blocks.0.0.conv_dw", "blocks.0.0.bn1", "blocks.0.0.conv_pw", "blocks.0.0.bn2"];
        foreach (var (stage, count) in new[] { (1, 2), (2, 3), (3, 4), (4, 3), (5, 3), (6, 1) })
            for (var block = 0; block < count; block++)
                foreach (var layer in new[] { "conv_pw", "bn1", "conv_dw", "bn2", "conv_pwl", "bn3" }) layers.Add($"blocks.{stage}.{block}.{layer}");
        layers.AddRange(["conv_head", "bn2", "classifier"]);
        Same(new MobileNetV2 { Width = 0.35 }, layers, (layer, kind, value) => ($"{layer}.{kind}", value));
    }

    [Fact]
    public void Fastai_s_XResNet_is_the_variant_D()
    {
        List<string> layers = ["0.0", "0.1", "1.0", "1.1", "2.0", "2.1"];
        foreach (var stage in new[] { 4, 5, 6, 7 })
            for (var block = 0; block < 2; block++)
            {
                layers.AddRange([$"{stage}.{block}.convpath.0.0", $"{stage}.{block}.convpath.0.1", $"{stage}.{block}.convpath.1.0", $"{stage}.{block}.convpath.1.1"]);
                if (stage > 4 && block == 0) layers.AddRange([$"{stage}.{block}.idpath.1.0", $"{stage}.{block}.idpath.1.1"]);
            }
        layers.Add("11");
        Same(new ResNet { Depth = 18, Deep = true }, layers, (layer, kind, value) => ($"{layer}.{kind}", value));
    }

    [Fact]
    public void The_authors_ConvNeXt_is_read_linear_layers_as_convolutions_and_a_wrapped_network()
    {
        Same(new ConvNeXt(), null, (name, _, value) => ("module." + (name.StartsWith("stem.", StringComparison.Ordinal) ? "downsample_layers.0." + name[5..]
            : name.StartsWith("head.norm", StringComparison.Ordinal) ? name[5..] : name.StartsWith("head.fc", StringComparison.Ordinal) ? "head" + name[7..]
            : name.Contains(".downsample.") ? "downsample_layers." + name[7..].Replace(".downsample", "") : name.Replace(".blocks", "").Replace("conv_dw", "dwconv").Replace("mlp.fc", "pwconv")),
            name.Contains(".mlp.") && value.dim() == 4 ? value.flatten(1) : value));
    }

    [Fact]
    public void Another_network_s_checkpoint_is_a_sentence_with_both_sides()
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        using var checkpoint = new StateDict("there.pt", new Dictionary<string, Tensor> { ["conv1.weight"] = zeros(64, 3, 7, 7), ["fc.weight"] = zeros(5, 512) });
        var message = Assert.Throws<InputException>(() => new CifarResNet().Load(checkpoint, 3, 10, random, new MatrixPrecision(TrainingPrecision.Float32))).Message;
        Assert.Contains("there.pt", message);
        Assert.Contains("conv1.weight (64×3×7×7 in the file, 16×3×3×3 in the network)", message);
        Assert.Contains("Not in the network: fc.weight", message);
    }

    /// <param name="layers">Their names for the layers in order; null: named from ours.</param>
    /// <param name="theirs">From a layer's name, the kind of a tensor and its value to what their file holds.</param>
    static void Same(PictureArchitecture architecture, List<string>? layers, Func<string, string, Tensor, (string, Tensor)> theirs)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        var compute = new MatrixPrecision(TrainingPrecision.Float32);
        using var network = architecture.Build(3, 7, random, compute);
        foreach (var norm in network.buffers().Where(b => b.dim() == 1)) norm.uniform_(0.5, 1.5);
        var own = network.state_dict().Where(s => !s.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToArray();
        var order = own.Select(s => s.Key[..s.Key.LastIndexOf('.')]).Distinct().ToList();
        Assert.Equal(layers?.Count ?? order.Count, order.Count);
        var foreign = own.Select(s =>
        {
            var dot = s.Key.LastIndexOf('.');
            return theirs(layers is null ? s.Key : layers[order.IndexOf(s.Key[..dot])], s.Key[(dot + 1)..], s.Value);
        }).ToDictionary(t => t.Item1, t => t.Item2.clone());
        using var checkpoint = new StateDict("foreign", foreign);
        using var loaded = architecture.Load(checkpoint, 3, 7, random, compute);
        var there = loaded.state_dict();
        Assert.All(own, s => Assert.True(s.Value.equal(there[s.Key]).all().item<bool>(), s.Key));
    }
}
