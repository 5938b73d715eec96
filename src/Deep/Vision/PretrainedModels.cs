using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Vision;

/// <summary>The published weights that are known here.</summary>
public static class PretrainedModels
{
    /// <summary>Google's quantised MobileNetV2, brought back to float32: 1001 classes, the first of them "background".</summary>
    public static Pretrained MobileNetV2Folded { get; } = new()
    {
        Name = "mobilenet_v2_folded", File = "mobilenet_v2_1.0_224_folded.safetensors", Classes = 1001, Normalisation = Normalisation.PlusMinusOne, Size = 224,
        Architecture = new MobileNetV2 { Padding = PaddingRule.TensorFlow, NormEpsilon = 1e-3 },
    };

    /// <summary>Keras's MobileNetV2 of width 0.35 without its classifier.</summary>
    public static Pretrained MobileNetV2Narrow { get; } = new()
    {
        Name = "mobilenet_v2_035", File = "mobilenet_v2_0.35_224_notop.safetensors", Classes = 0, Normalisation = Normalisation.PlusMinusOne, Size = 224,
        Architecture = new MobileNetV2 { Width = 0.35, Padding = PaddingRule.TensorFlow, NormEpsilon = 1e-3 },
    };

    /// <summary>SqueezeNet 1.0 after deep compression: pruned, and of 256 values a layer.</summary>
    public static Pretrained SqueezeNetCompressed { get; } = new()
    {
        Name = "squeezenet1_0_compressed", File = "squeezenet1_0_deepcompressed.safetensors", Classes = 1000, Normalisation = Normalisation.Caffe, Size = 227,
        Architecture = new SqueezeNet(),
    };

    public static Pretrained CifarResNet20 { get; } = new()
    {
        Name = "resnet20_cifar10", File = "resnet20_cifar10.safetensors", Classes = 10, Normalisation = Normalisation.ImageNet, Size = 32,
        Architecture = new CifarResNet { Depth = 20 },
    };

    public static Pretrained CifarResNet56 { get; } = CifarResNet20 with
    {
        Name = "resnet56_cifar10", File = "resnet56_cifar10.safetensors", Architecture = new CifarResNet { Depth = 56 },
    };

    public static IReadOnlyList<Pretrained> All { get; } = [MobileNetV2Folded, MobileNetV2Narrow, SqueezeNetCompressed, CifarResNet20, CifarResNet56];
}
