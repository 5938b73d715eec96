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
    public void Keras_s_EfficientNetB0_is_read_without_what_it_did_to_its_pictures()
    {
        List<string> layers = ["stem_conv", "stem_bn", .. new[] { "dwconv", "bn", "se_reduce", "se_expand", "project_conv", "project_bn" }.Select(layer => $"block1a_{layer}")];
        foreach (var (stage, blocks) in new[] { (2, "ab"), (3, "ab"), (4, "abc"), (5, "abc"), (6, "abcd"), (7, "a") })
            foreach (var block in blocks)
                foreach (var layer in new[] { "expand_conv", "expand_bn", "dwconv", "bn", "se_reduce", "se_expand", "project_conv", "project_bn" }) layers.Add($"block{stage}{block}_{layer}");
        layers.AddRange(["top_conv", "top_bn", "predictions"]);
        Same(new EfficientNet { NormEpsilon = 1e-3 }, layers, OfKeras, foreign =>
        {
            foreach (var kind in new[] { "mean", "variance", "count" }) foreign[$"normalization/{kind}:0"] = ones(3);
        });
    }

    [Fact]
    public void Keras_s_ResNet50_is_read_its_biases_taken_into_the_norms_and_its_blue_last()
    {
        List<string> layers = ["conv1_conv", "conv1_bn"];
        foreach (var (stage, blocks) in new[] { (2, 3), (3, 4), (4, 6), (5, 3) })
            for (var block = 1; block <= blocks; block++)
            {
                foreach (var layer in new[] { 1, 2, 3 }) layers.AddRange([$"conv{stage}_block{block}_{layer}_conv", $"conv{stage}_block{block}_{layer}_bn"]);
                if (block == 1) layers.AddRange([$"conv{stage}_block1_0_conv", $"conv{stage}_block1_0_bn"]);
            }
        layers.Add("predictions");
        Same(new ResNet { Depth = 50, StrideFirst = true }, layers, OfKeras, foreign =>
        {
            foreign["conv1_conv/kernel:0"] = foreign["conv1_conv/kernel:0"].flip(2);
            foreach (var norm in foreign.Keys.Where(name => name.EndsWith("moving_mean:0", StringComparison.Ordinal)).ToArray())
            {
                var bias = rand_like(foreign[norm]);
                foreign[norm.Replace("_bn/moving_mean", "_conv/bias")] = bias;
                foreign[norm] = foreign[norm] + bias;
            }
        });
    }

    [Fact]
    public void A_stride_on_the_first_layer_of_a_block_is_another_network_of_the_same_weights()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Tensor Maps(bool first)
        {
            using var random = new Randomness(1, CPU);
            using var network = new ResNet { Depth = 26, StrideFirst = first }.Build(3, 0, random, new MatrixPrecision(TrainingPrecision.Float32));
            foreach (var scale in network.parameters().Where(p => p.dim() == 1)) scale.fill_(0.5);       // a new network's blocks are shortcuts alone
            network.eval();
            return network.Maps((arange(64 * 64 * 3, float32) / 5000).view(1, 3, 64, 64)).MoveToOuterDisposeScope();
        }
        var (first, second) = (Maps(true), Maps(false));
        Assert.Equal(second.shape, first.shape);
        Assert.False(first.allclose(second));
    }

    [Fact]
    public void Keras_s_separable_convolution_is_two()
    {
        using var scope = NewDisposeScope();
        using var checkpoint = new StateDict("there", new Dictionary<string, Tensor>
        {
            ["sep/depthwise_kernel:0"] = zeros(3, 5, 4, 1), ["sep/pointwise_kernel:0"] = zeros(1, 1, 4, 8), ["alone/depthwise_kernel:0"] = zeros(3, 5, 4, 1),
        });
        Assert.True(KerasLayout.Apply(checkpoint));
        Assert.Equal([4, 1, 3, 5], checkpoint["sep.depthwise.weight"].shape);
        Assert.Equal([8, 4, 1, 1], checkpoint["sep.pointwise.weight"].shape);
        Assert.Equal([4, 1, 3, 5], checkpoint["alone.weight"].shape);
    }

    /// <summary>How Keras's applications name and turn a layer's tensors: keras/applications, save_weights.</summary>
    static (string, Tensor) OfKeras(string layer, string kind, Tensor value) => (kind, value.dim()) switch
    {
        ("weight", 4) when layer.EndsWith("dwconv", StringComparison.Ordinal) => ($"{layer}/depthwise_kernel:0", value.permute(2, 3, 0, 1)),
        ("weight", 4) => ($"{layer}/kernel:0", value.permute(2, 3, 1, 0)),
        ("weight", 2) => ($"{layer}/kernel:0", value.t()),
        ("weight", _) => ($"{layer}/gamma:0", value),
        ("bias", _) => ($"{layer}/{(layer.EndsWith("bn", StringComparison.Ordinal) ? "beta" : "bias")}:0", value),
        ("running_mean", _) => ($"{layer}/moving_mean:0", value),
        _ => ($"{layer}/moving_variance:0", value),
    };

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
    /// <param name="beside">What else their file holds; null: nothing.</param>
    static void Same(PictureArchitecture architecture, List<string>? layers, Func<string, string, Tensor, (string, Tensor)> theirs, Action<Dictionary<string, Tensor>>? beside = null)
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
        beside?.Invoke(foreign);
        using var checkpoint = new StateDict("foreign", foreign);
        using var loaded = architecture.Load(checkpoint, 3, 7, random, compute);
        var there = loaded.state_dict();
        Assert.All(own, s => Assert.True(beside is null ? s.Value.equal(there[s.Key]).all().item<bool>() : s.Value.allclose(there[s.Key], atol: 1e-6), s.Key));
    }
}
