using System.Globalization;
using System.Text.RegularExpressions;
using Kaggle.Deep.Checkpoints;

namespace Kaggle.Deep.Vision;

/// <summary>What other projects call the tensors of the networks here.</summary>
static class PublishedNames
{
    /// <summary>The blocks of MobileNetV2 in its stages.</summary>
    static readonly int[] mobileStages = [1, 2, 3, 4, 3, 3, 1];

    /// <summary>timm's and Keras's names to torchvision's.</summary>
    public static IReadOnlyList<NameMap> MobileNetV2 { get; } =
    [
        new(@"^conv_stem\.",
            (@"^conv_stem\.", _ => "features.0.0."), (@"^bn1\.", _ => "features.0.1."), (@"^conv_head\.", _ => "features.18.0."), (@"^bn2\.", _ => "features.18.1."), (@"^classifier\.", _ => "classifier.1."),
            (@"^blocks\.0\.0\.(\w+)\.", m => $"features.1.conv.{Of(m, 1, ("conv_dw", "0.0"), ("bn1", "0.1"), ("conv_pw", "1"), ("bn2", "2"))}."),
            (@"^blocks\.(\d+)\.(\d+)\.(\w+)\.", m =>
                $"features.{1 + mobileStages.Take(Number(m, 1)).Sum() + Number(m, 2)}.conv.{Of(m, 3, ("conv_pw", "0.0"), ("bn1", "0.1"), ("conv_dw", "1.0"), ("bn2", "1.1"), ("conv_pwl", "2"), ("bn3", "3"))}.")),
        new(@"^expanded_conv_",
            (@"^Conv1\.", _ => "features.0.0."), (@"^bn_Conv1\.", _ => "features.0.1."), (@"^Conv_1\.", _ => "features.18.0."), (@"^Conv_1_bn\.", _ => "features.18.1."), (@"^(predictions|Logits)\.", _ => "classifier.1."),
            (@"^expanded_conv_(\w+)\.", m => $"features.1.conv.{Of(m, 1, ("depthwise", "0.0"), ("depthwise_BN", "0.1"), ("project", "1"), ("project_BN", "2"))}."),
            (@"^block_(\d+)_(\w+)\.", m =>
                $"features.{Number(m, 1) + 1}.conv.{Of(m, 2, ("expand", "0.0"), ("expand_BN", "0.1"), ("depthwise", "1.0"), ("depthwise_BN", "1.1"), ("project", "2"), ("project_BN", "3"))}.")),
    ];

    /// <summary>Keras's names and torchvision's to timm's.</summary>
    public static IReadOnlyList<NameMap> EfficientNet { get; } =
    [
        new(@"^stem_conv\.",
            (@"^stem_conv\.", _ => "conv_stem."), (@"^stem_bn\.", _ => "bn1."), (@"^top_conv\.", _ => "conv_head."), (@"^top_bn\.", _ => "bn2."), (@"^predictions\.", _ => "classifier."),
            (@"^block1([a-z])_(\w+)\.", m =>
                $"blocks.0.{Letter(m, 1)}.{Of(m, 2, ("dwconv", "conv_dw"), ("bn", "bn1"), ("se_reduce", "se.conv_reduce"), ("se_expand", "se.conv_expand"), ("project_conv", "conv_pw"), ("project_bn", "bn2"))}."),
            (@"^block(\d)([a-z])_(\w+)\.", m =>
                $"blocks.{Number(m, 1) - 1}.{Letter(m, 2)}.{Of(m, 3, ("expand_conv", "conv_pw"), ("expand_bn", "bn1"), ("dwconv", "conv_dw"), ("bn", "bn2"), ("se_reduce", "se.conv_reduce"), ("se_expand", "se.conv_expand"), ("project_conv", "conv_pwl"), ("project_bn", "bn3"))}.")),
        new(@"^features\.8\.",
            (@"^features\.0\.0\.", _ => "conv_stem."), (@"^features\.0\.1\.", _ => "bn1."), (@"^features\.8\.0\.", _ => "conv_head."), (@"^features\.8\.1\.", _ => "bn2."), (@"^classifier\.1\.", _ => "classifier."),
            (@"^features\.1\.(\d+)\.block\.(\d+(?:\.\w+\d*)?)\.", m =>
                $"blocks.0.{m.Groups[1].Value}.{Of(m, 2, ("0.0", "conv_dw"), ("0.1", "bn1"), ("1.fc1", "se.conv_reduce"), ("1.fc2", "se.conv_expand"), ("2.0", "conv_pw"), ("2.1", "bn2"))}."),
            (@"^features\.(\d+)\.(\d+)\.block\.(\d+(?:\.\w+\d*)?)\.", m =>
                $"blocks.{Number(m, 1) - 1}.{m.Groups[2].Value}.{Of(m, 3, ("0.0", "conv_pw"), ("0.1", "bn1"), ("1.0", "conv_dw"), ("1.1", "bn2"), ("2.fc1", "se.conv_reduce"), ("2.fc2", "se.conv_expand"), ("3.0", "conv_pwl"), ("3.1", "bn3"))}.")),
    ];

    /// <summary>torchvision's names and those of the authors to timm's.</summary>
    public static IReadOnlyList<NameMap> ConvNeXt { get; } =
    [
        new(@"^features\.0\.0\.",
            (@"^features\.0\.", _ => "stem."), (@"^classifier\.0\.", _ => "head.norm."), (@"^classifier\.2\.", _ => "head.fc."),
            (@"^features\.([1357])\.(\d+)\.(?:block\.)?(\w+)", m =>
                $"stages.{(Number(m, 1) - 1) / 2}.blocks.{m.Groups[2].Value}.{Of(m, 3, ("0", "conv_dw"), ("2", "norm"), ("3", "mlp.fc1"), ("5", "mlp.fc2"), ("layer_scale", "gamma"))}"),
            (@"^features\.([246])\.", m => $"stages.{Number(m, 1) / 2}.downsample.")),
        new(@"^downsample_layers\.",
            (@"^downsample_layers\.0\.", _ => "stem."), (@"^downsample_layers\.(\d)\.", m => $"stages.{m.Groups[1].Value}.downsample."), (@"^stages\.(\d)\.(\d+)\.", m => $"stages.{m.Groups[1].Value}.blocks.{m.Groups[2].Value}."),
            (@"\.dwconv\.", _ => ".conv_dw."), (@"\.pwconv", _ => ".mlp.fc"), (@"^norm\.", _ => "head.norm."), (@"^head\.(weight|bias)", m => $"head.fc.{m.Groups[1].Value}")),
    ];

    /// <summary>fastai's XResNet to timm's variant D, which is the same network; Keras's names to torchvision's.</summary>
    public static IReadOnlyList<NameMap> ResNet { get; } =
    [
        new(@"^conv2_block1_1_conv\.",
            (@"^conv1_(conv|bn)\.", m => $"{m.Groups[1].Value}1."), (@"^(predictions|probs|fc1000)\.", _ => "fc."),
            (@"^conv(\d)_block(\d+)_0_(conv|bn)\.", m => $"layer{Number(m, 1) - 1}.{Number(m, 2) - 1}.downsample.{(m.Groups[3].Value == "conv" ? 0 : 1)}."),
            (@"^conv(\d)_block(\d+)_(\d)_(conv|bn)\.", m => $"layer{Number(m, 1) - 1}.{Number(m, 2) - 1}.{m.Groups[4].Value}{m.Groups[3].Value}.")),
        new(@"^4\.0\.convpath\.",
            (@"^0\.0\.", _ => "conv1.0."), (@"^0\.1\.", _ => "conv1.1."), (@"^1\.0\.", _ => "conv1.3."), (@"^1\.1\.", _ => "conv1.4."), (@"^2\.0\.", _ => "conv1.6."), (@"^2\.1\.", _ => "bn1."), (@"^11\.", _ => "fc."),
            (@"^([4567])\.(\d+)\.convpath\.(\d)\.([01])\.", m => $"layer{Number(m, 1) - 3}.{m.Groups[2].Value}.{(m.Groups[4].Value == "0" ? "conv" : "bn")}{Number(m, 3) + 1}."),
            (@"^([4567])\.(\d+)\.idpath\.\d\.([01])\.", m => $"layer{Number(m, 1) - 3}.{m.Groups[2].Value}.downsample.{Number(m, 3) + 1}.")),
    ];

    static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    static int Letter(Match match, int group) => match.Groups[group].Value[0] - 'a';

    static string Of(Match match, int group, params (string Theirs, string Ours)[] names) =>
        names.FirstOrDefault(n => n.Theirs == match.Groups[group].Value).Ours ?? match.Groups[group].Value;
}
