using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
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

    /// <summary>Published by torchvision, timm and Facebook Research for ImageNet's 1000 classes at 224 pixels; their names hold their checksums.</summary>
    public static IReadOnlyList<Pretrained> Downloads { get; } =
    [
        Of("mobilenet_v2", new MobileNetV2(), "https://download.pytorch.org/models/mobilenet_v2-7ebf99e0.pth"),
        Of("squeezenet1_0", new SqueezeNet(), "https://download.pytorch.org/models/squeezenet1_0-b66bff10.pth"),
        Of("resnet18", new ResNet { Depth = 18 }, "https://download.pytorch.org/models/resnet18-f37072fd.pth"),
        Of("resnet34", new ResNet { Depth = 34 }, "https://download.pytorch.org/models/resnet34-b627a593.pth"),
        Of("resnet50", new ResNet { Depth = 50 }, "https://download.pytorch.org/models/resnet50-11ad3fa6.pth"),
        Of("resnet26d", new ResNet { Depth = 26, Deep = true }, "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/resnet26d-69e92c46.pth"),
        Of("convnext_atto", new ConvNeXt { Size = ConvNeXtSize.Atto }, "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-rsb-weights/convnext_atto_d2-01bb0f51.pth"),
        Of("convnext_femto", new ConvNeXt { Size = ConvNeXtSize.Femto }, "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-rsb-weights/convnext_femto_d1-d71d5b4c.pth"),
        Of("convnext_pico", new ConvNeXt { Size = ConvNeXtSize.Pico }, "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-rsb-weights/convnext_pico_d1-10ad7f0d.pth"),
        Of("convnext_nano", new ConvNeXt { Size = ConvNeXtSize.Nano }, "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-rsb-weights/convnext_nano_d1h-7eb4bdea.pth"),
        Of("convnext_tiny", new ConvNeXt { Size = ConvNeXtSize.Tiny }, "https://download.pytorch.org/models/convnext_tiny-983f1562.pth"),
        Of("convnext_small", new ConvNeXt { Size = ConvNeXtSize.Small }, "https://download.pytorch.org/models/convnext_small-0c510722.pth"),
        Of("efficientnet_b0", new EfficientNet(), "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/efficientnet_b0_ra-3dd342df.pth"),
        Of("deit_tiny_patch16_224", new VisionTransformer(), "https://dl.fbaipublicfiles.com/deit/deit_tiny_patch16_224-a1311bcf.pth"),
        Of("deit_small_patch16_224", new VisionTransformer { Size = VisionTransformerSize.Small }, "https://dl.fbaipublicfiles.com/deit/deit_small_patch16_224-cd65a155.pth"),
    ];

    /// <summary>All, by the name that a competitor writes.</summary>
    public static IReadOnlyList<Pretrained> All { get; } = [MobileNetV2Folded, MobileNetV2Narrow, SqueezeNetCompressed, CifarResNet20, CifarResNet56, .. Downloads];

    /// <exception cref="InputException">There is none of that name: the known ones are listed.</exception>
    public static Pretrained Named(string name) =>
        All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException($"There are no weights called '{name}'. Known: {string.Join(", ", All.Select(p => p.Name))}.");

    /// <summary>Weights in a file of yours.</summary>
    /// <param name="file">Safetensors, PyTorch's state or ONNX.</param>
    /// <param name="name">Whose weights they are, as in <see cref="All"/>; null: the file is called as it was published.</param>
    /// <exception cref="InputException">There is no such file or name, or the file's own name tells nothing.</exception>
    public static Pretrained OfFile(string file, string? name)
    {
        if (!File.Exists(file)) throw new InputException($"There is no file of weights at {Path.GetFullPath(file)}.");
        var published = name is not null ? Named(name) : All.FirstOrDefault(p => p.File.Equals(Path.GetFileName(file), StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException($"The name of {file} does not tell which network its weights are of; say it: {string.Join(", ", All.Select(p => p.Name))}.");
        return published with { File = Path.GetFullPath(file), Address = null, Sha256 = RememberedHashes.OfUser().Of(file) };
    }

    static Pretrained Of(string name, PictureArchitecture architecture, string address) => new()
    {
        Name = name, Architecture = architecture, File = address[(address.LastIndexOf('/') + 1)..], Address = new(address), Classes = 1000, Normalisation = Normalisation.ImageNet, Size = 224,
    };
}
