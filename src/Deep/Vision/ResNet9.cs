using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>Eight 3×3 convolutions, two residuals and a linear layer: quick to train on pictures of 28 to 32 pixels.</summary>
/// <remarks>The DAWNBench network of davidcpage/cifar10-fast; widths 64, 128, 256, 512 there.</remarks>
public sealed record ResNet9 : PictureArchitecture
{
    /// <summary>Channels of the first convolution; the following have 2, 4 and 8 times as many.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>Factor of the classifier's outputs: small, so that the first steps are not sure of anything.</summary>
    public double OutputScale { get; init => field = Require.Positive(value); } = 0.125;

    public override string Classifier => "linear.";

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(this, channels, classes, random, compute);

    sealed class Net : PictureNetwork
    {
        readonly Sequential prep, layer1, layer2, layer3;
        readonly Dense? linear;
        readonly double scale;

        public Net(ResNet9 settings, int channels, int classes, Randomness random, MatrixPrecision compute) : base(nameof(ResNet9))
        {
            var width = settings.Width;
            Features = 8 * width;
            scale = settings.OutputScale;
            prep = Filter(channels, width, random, compute);
            layer1 = Halved(width, 2 * width, random, compute).append(new Residual(2 * width, random, compute));
            layer2 = Halved(2 * width, 4 * width, random, compute);
            layer3 = Halved(4 * width, 8 * width, random, compute).append(new Residual(8 * width, random, compute));
            if (classes > 0) linear = new(Features, classes, random, compute, hasBias: false);
            RegisterComponents();
        }

        public override int Features { get; }

        public override int PredictBatch => 512;

        public override IReadOnlyList<string[]> Parts => [["prep.", "layer1."], ["layer2.", "layer3."]];

        public override Tensor Maps(Tensor pictures) => layer3.call(BeforeLastStage(pictures));                          // (batch, 8 width, height / 8, width / 8)

        public override IReadOnlyList<Module<Tensor, Tensor>> LastStage => [layer3];

        public override Tensor BeforeLastStage(Tensor pictures) => layer2.call(layer1.call(prep.call(pictures)));       // (batch, 4 width, height / 4, width / 4)

        public override Tensor Pool(Tensor maps) => maps.amax([2, 3]);

        protected override Tensor Classify(Tensor maps) => linear is null ? Pool(maps) : linear.call(Pool(maps)) * scale;
    }

    static Sequential Filter(int inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        Sequential(new Conv(inputs, outputs, 3, random, compute), BatchNorm2d(outputs), ReLU(inplace: true));

    /// <summary>The largest of four after the ReLU, as published, is that before it, which leaves the ReLU a quarter of the work.</summary>
    static Sequential Halved(int inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        Sequential(new Conv(inputs, outputs, 3, random, compute), BatchNorm2d(outputs), MaxPool2d(2), ReLU(inplace: true));

    sealed class Residual : Module<Tensor, Tensor>
    {
        readonly Sequential res1, res2;

        public Residual(int channels, Randomness random, MatrixPrecision compute) : base(nameof(Residual))
        {
            (res1, res2) = (Filter(channels, channels, random, compute), Filter(channels, channels, random, compute));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var inner = res1.call(x);
            return res2.call(inner) + x;                 // not in place: the ReLU needs its output for the way back
        }
    }
}
