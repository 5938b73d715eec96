using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>The residual networks for pictures of 32 pixels: three stages of 16, 32 and 64 channels, and shortcuts without parameters.</summary>
/// <remarks>
/// He and others, arXiv 1512.03385, section 4.2, shortcuts of option A: every second pixel, the missing channels zero.
/// Names as in akamaster/pytorch_resnet_cifar10.
/// </remarks>
public sealed record CifarResNet : PictureArchitecture
{
    /// <summary>Layers with weights: 20, 32, 44, 56, 110; six for each block of a stage, and two.</summary>
    public int Depth
    {
        get;
        init => field = value >= 8 && (value - 2) % 6 == 0 ? value : throw new InputException($"Depth is {value}; it must be 6 n + 2: 20, 32, 44, 56, 110.");
    } = 20;

    public override string Classifier => "linear.";

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(this, channels, classes, random, compute);

    sealed class Net : PictureNetwork
    {
        readonly Conv conv1;
        readonly BatchNorm2d bn1;
        readonly Sequential layer1, layer2, layer3;
        readonly Dense? linear;

        public Net(CifarResNet settings, int channels, int classes, Randomness random, MatrixPrecision compute) : base(nameof(CifarResNet))
        {
            var blocks = (settings.Depth - 2) / 6;
            conv1 = new(channels, 16, 3, random, compute);
            bn1 = BatchNorm2d(16);
            layer1 = Stage(16, 16, 1);
            layer2 = Stage(16, 32, 2);
            layer3 = Stage(32, 64, 2);
            if (classes > 0) linear = new(64, classes, random, compute);
            RegisterComponents();

            Sequential Stage(int inputs, int outputs, int stride)
            {
                var stage = Sequential(new Block(inputs, outputs, stride, random, compute));
                for (var block = 1; block < blocks; block++) stage.append(new Block(outputs, outputs, 1, random, compute));
                return stage;
            }
        }

        public override int Features => 64;

        public override int PredictBatch => 512;

        public override IReadOnlyList<string[]> Parts => [["conv1.", "bn1.", "layer1."], ["layer2.", "layer3."]];

        public override Tensor Maps(Tensor pictures)
        {
            using var before = BeforeLastStage(pictures);
            return layer3.call(before);                                                          // (batch, 64, height / 4, width / 4)
        }

        public override IReadOnlyList<Module<Tensor, Tensor>> LastStage => [layer3];

        public override Tensor BeforeLastStage(Tensor pictures)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var x = bn1.call(conv1.call(pictures)).relu_();                                      // (batch, 16, height, width)
            return layer2.call(layer1.call(x)).MoveToOuterDisposeScope();                        // (batch, 32, height / 2, width / 2)
        }

        protected override Tensor Classify(Tensor maps) => linear is null ? Pool(maps) : linear.call(Pool(maps));
    }

    sealed class Block : Module<Tensor, Tensor>
    {
        // In the order of the data: a folded norm belongs to the convolution declared before it.
        readonly Conv conv1;
        readonly BatchNorm2d bn1;
        readonly Conv conv2;
        readonly BatchNorm2d bn2;
        readonly int stride, missing;

        public Block(int inputs, int outputs, int stride, Randomness random, MatrixPrecision compute) : base(nameof(Block))
        {
            (this.stride, missing) = (stride, outputs - inputs);
            conv1 = new(inputs, outputs, 3, random, compute, stride);
            bn1 = BatchNorm2d(outputs);
            conv2 = new(outputs, outputs, 3, random, compute);
            bn2 = BatchNorm2d(outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var inner = bn1.call(conv1.call(x)).relu_();
            return bn2.call(conv2.call(inner)).add_(Shortcut(x)).relu_().MoveToOuterDisposeScope();
        }

        Tensor Shortcut(Tensor x)
        {
            if (stride == 1 && missing == 0) return x;
            var kept = x.slice(2, 0, x.shape[2], stride).slice(3, 0, x.shape[3], stride);
            return functional.pad(kept, [0, 0, 0, 0, missing / 2, missing - missing / 2]);       // half of the zeros before, half after
        }
    }
}
