using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>Convolutions squeezed to few channels and expanded again, without batch norms: 1.2 million numbers.</summary>
/// <remarks>Version 1.0 of Iandola and others, arXiv 1602.07360; names as in torchvision's squeezenet1_0.</remarks>
public sealed record SqueezeNet : PictureArchitecture
{
    /// <summary>Share of the features dropped before the classifier.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.5;

    public override string Classifier => "classifier.";

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(this, channels, classes, random, compute);

    sealed class Net : PictureNetwork
    {
        const int FirstOfLast = 7;

        readonly Sequential features;
        readonly Sequential? classifier;

        public Net(SqueezeNet settings, int channels, int classes, Randomness random, MatrixPrecision compute) : base(nameof(SqueezeNet))
        {
            features = Sequential(
                new Conv(channels, 96, 7, random, compute, stride: 2, padding: 0, hasBias: true), ReLU(inplace: true), Halving(),
                Fire(96, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), Halving(),
                Fire(256, 32, 128), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Halving(),
                Fire(512, 64, 256));
            if (classes > 0) classifier = Sequential(new Dropout(settings.Dropout, random), new Conv(512, classes, 1, random, compute, hasBias: true), ReLU(inplace: true));
            RegisterComponents();

            Fire Fire(int inputs, int squeezed, int expanded) => new(inputs, squeezed, expanded, random, compute);
        }

        public override int Features => 512;

        public override IReadOnlyList<string[]> Parts => [[.. Enumerable.Range(0, 6).Select(i => $"features.{i}.")], ["features."]];

        public override Tensor Maps(Tensor pictures) => features.call(pictures);                // (batch, 512, about height / 16, width / 16)

        public override IReadOnlyList<Tensor> Stretches(Tensor pictures) => features.After(pictures, [5, 10, 12]);

        public override IReadOnlyList<Module<Tensor, Tensor>> LastStage => features.From(FirstOfLast);

        public override Tensor BeforeLastStage(Tensor pictures) => features.After(pictures, [FirstOfLast - 1])[0];      // (batch, 256, about height / 8, width / 8)

        protected override Tensor Classify(Tensor maps) => Pool(classifier is null ? maps : classifier.call(maps));

        static MaxPool2d Halving() => MaxPool2d(3, stride: 2, ceil_mode: true);
    }

    sealed class Fire : Module<Tensor, Tensor>
    {
        readonly Conv squeeze, expand1x1, expand3x3;

        public Fire(int inputs, int squeezed, int expanded, Randomness random, MatrixPrecision compute) : base(nameof(Fire))
        {
            squeeze = new(inputs, squeezed, 1, random, compute, hasBias: true);
            expand1x1 = new(squeezed, expanded, 1, random, compute, hasBias: true);
            expand3x3 = new(squeezed, expanded, 3, random, compute, hasBias: true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            x = functional.relu(squeeze.call(x));
            return TorchSharp.torch.cat([expand1x1.call(x), expand3x3.call(x)], 1).relu_().MoveToOuterDisposeScope();
        }
    }
}
