using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>Inverted residuals: widen by 1×1, filter each channel by 3×3, narrow without an activation; the narrow ends are added.</summary>
/// <remarks>Sandler and others, arXiv 1801.04381; names as in torchvision's mobilenet_v2, which Keras's weights are brought to.</remarks>
public sealed record MobileNetV2 : PictureArchitecture
{
    /// <summary>Factor of all widths but the last, which never falls below 1280.</summary>
    public double Width { get; init => field = Require.Positive(value); } = 1;

    /// <summary>Weights trained in TensorFlow expect its padding.</summary>
    public PaddingRule Padding { get; init; }

    /// <summary>Added to the variance in batch norms: 1e-5 in PyTorch, 1e-3 in Keras.</summary>
    public double NormEpsilon { get; init => field = Require.Positive(value); } = 1e-5;

    /// <summary>Share of the features dropped before the classifier.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.2;

    public override string Classifier => "classifier.";

    internal override IReadOnlyList<NameMap> Names => PublishedNames.MobileNetV2;

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(this, channels, classes, random, compute);

    sealed class Net : PictureNetwork
    {
        // Of each stage: widening, channels, blocks, stride of the first.
        static readonly (int Widening, int Channels, int Blocks, int Stride)[] stages =
            [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

        const int FirstOfLast = 14;

        readonly Sequential features;
        readonly Sequential? classifier;

        public Net(MobileNetV2 settings, int channels, int classes, Randomness random, MatrixPrecision compute) : base(nameof(MobileNetV2))
        {
            var inputs = MultipleOf8(32 * settings.Width);
            Features = MultipleOf8(1280 * Math.Max(1, settings.Width));
            features = Sequential(Filter(channels, inputs, 3, settings, random, compute, stride: 2));
            foreach (var (widening, width, blocks, stride) in stages)
                for (var block = 0; block < blocks; block++)
                {
                    var outputs = MultipleOf8(width * settings.Width);
                    features.append(new InvertedResidual(inputs, outputs, block == 0 ? stride : 1, widening, settings, random, compute));
                    inputs = outputs;
                }
            features.append(Filter(inputs, Features, 1, settings, random, compute));
            if (classes > 0) classifier = Sequential(new Dropout(settings.Dropout, random), new Dense(Features, classes, random, compute));
            RegisterComponents();
        }

        public override int Features { get; }

        public override IReadOnlyList<string[]> Parts => [[.. Enumerable.Range(0, 7).Select(i => $"features.{i}.")], ["features."]];

        public override Tensor Maps(Tensor pictures) => features.call(pictures);                 // (batch, Features, height / 32, width / 32)

        /// <summary>From 32 channels on, where a stage of equal width ends; then the widened last.</summary>
        public override IReadOnlyList<Tensor> Stretches(Tensor pictures) => features.After(pictures, [6, 10, 13, 16, 17, 18]);

        public override IReadOnlyList<Module<Tensor, Tensor>> LastStage => features.From(FirstOfLast);

        public override Tensor BeforeLastStage(Tensor pictures) => features.After(pictures, [FirstOfLast - 1])[0];      // (batch, 96 width, height / 16, width / 16)

        protected override Tensor Classify(Tensor maps) => classifier is null ? Pool(maps) : classifier.call(Pool(maps));
    }

    static Sequential Filter(int inputs, int outputs, int kernel, MobileNetV2 settings, Randomness random, MatrixPrecision compute, int stride = 1, int groups = 1) => Sequential(
        new Conv(inputs, outputs, kernel, random, compute, stride, groups: groups, rule: settings.Padding),
        BatchNorm2d(outputs, eps: settings.NormEpsilon),
        ReLU6(inplace: true));

    sealed class InvertedResidual : Module<Tensor, Tensor>
    {
        readonly Sequential conv;
        readonly bool adds;

        public InvertedResidual(int inputs, int outputs, int stride, int widening, MobileNetV2 settings, Randomness random, MatrixPrecision compute) : base(nameof(InvertedResidual))
        {
            adds = stride == 1 && inputs == outputs;
            var wide = inputs * widening;
            conv = Sequential();
            if (widening != 1) conv.append(Filter(inputs, wide, 1, settings, random, compute));
            conv.append(Filter(wide, wide, 3, settings, random, compute, stride, groups: wide));
            conv.append(new Conv(wide, outputs, 1, random, compute));
            conv.append(BatchNorm2d(outputs, eps: settings.NormEpsilon));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => adds ? conv.call(x).add_(x) : conv.call(x);
    }
}
