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

    public static IReadOnlyList<Pretrained> All { get; } = [MobileNetV2Folded, MobileNetV2Narrow];
}
