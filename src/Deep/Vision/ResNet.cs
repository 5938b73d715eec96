using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>Residual networks for photos, and their variant D, which fastai calls XResNet.</summary>
/// <remarks>
/// He and others, arXiv 1512.03385; the stride is on the 3×3, as in torchvision, whose names these are. Variant D: He and others,
/// arXiv 1812.01187, names as in timm's resnet26d. Keras's ResNet50 is { Depth = 50, StrideFirst = true } on pictures normalised as Caffe's (its norms' ε of 1.001e-5 is taken for 1e-5).
/// </remarks>
public sealed record ResNet : PictureArchitecture
{
    static readonly Dictionary<int, (bool Bottleneck, int[] Blocks)> depths = new()
    {
        [18] = (false, [2, 2, 2, 2]), [26] = (true, [2, 2, 2, 2]), [34] = (false, [3, 4, 6, 3]), [50] = (true, [3, 4, 6, 3]), [101] = (true, [3, 4, 23, 3]),
    };

    /// <summary>Layers with weights: 18, 26, 34, 50 or 101; from 50 on, and at 26, blocks narrow to a quarter in between.</summary>
    public int Depth
    {
        get;
        init => field = depths.ContainsKey(value) ? value : throw new InputException($"Depth is {value}; there are {string.Join(", ", depths.Keys)}.");
    } = 18;

    /// <summary>Variant D: three 3×3 convolutions instead of the first 7×7, and shortcuts that average before they narrow.</summary>
    public bool Deep { get; init; }

    /// <summary>A narrowing block's stride on its first 1×1, as in the paper and in Keras; else on its 3×3, as in torchvision.</summary>
    public bool StrideFirst { get; init; }

    public override string Classifier => "fc.";

    internal override IReadOnlyList<NameMap> Names => PublishedNames.ResNet;

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(this, channels, classes, random, compute);

    // Keras's were converted from Caffe's, which sees blue first.
    internal override void FromKeras(StateDict checkpoint)
    {
        const string first = "conv1.weight";
        if (checkpoint.Contains(first)) checkpoint.Put(first, checkpoint[first].flip(1));
    }

    sealed class Net : PictureNetwork
    {
        readonly Module<Tensor, Tensor> conv1;
        readonly BatchNorm2d bn1;
        readonly MaxPool2d maxpool;
        readonly Sequential layer1, layer2, layer3, layer4;
        readonly Dense? fc;

        public Net(ResNet settings, int channels, int classes, Randomness random, MatrixPrecision compute) : base(nameof(ResNet))
        {
            var (bottleneck, blocks) = depths[settings.Depth];
            var growth = bottleneck ? 4 : 1;
            conv1 = settings.Deep ? Stem(channels, random, compute) : new Conv(channels, 64, 7, random, compute, stride: 2);
            bn1 = BatchNorm2d(64);
            maxpool = MaxPool2d(3, stride: 2, padding: 1);
            layer1 = Stage(64, 64, blocks[0], 1);
            layer2 = Stage(64 * growth, 128, blocks[1], 2);
            layer3 = Stage(128 * growth, 256, blocks[2], 2);
            layer4 = Stage(256 * growth, 512, blocks[3], 2);
            Features = 512 * growth;
            if (classes > 0) fc = new(Features, classes, random, compute);
            RegisterComponents();

            Sequential Stage(int inputs, int width, int count, int stride)
            {
                var stage = Sequential();
                for (var block = 0; block < count; block++)
                    stage.append(Block(block == 0 ? inputs : width * growth, width, block == 0 ? stride : 1));
                return stage;
            }

            Module<Tensor, Tensor> Block(int inputs, int width, int stride)
            {
                var downsample = stride != 1 || inputs != width * growth ? Shortcut(inputs, width * growth, stride, settings.Deep, random, compute) : null;
                return bottleneck ? new Bottleneck(inputs, width, settings.StrideFirst ? (stride, 1) : (1, stride), downsample, random, compute) : new Basic(inputs, width, stride, downsample, random, compute);
            }
        }

        public override int Features { get; }

        public override IReadOnlyList<string[]> Parts => [["conv1.", "bn1.", "layer1.", "layer2."], ["layer3.", "layer4."]];

        public override Tensor Maps(Tensor pictures)
        {
            using var before = BeforeLastStage(pictures);
            return layer4.call(before);                                                                 // (batch, Features, height / 32, width / 32)
        }

        public override IReadOnlyList<Module<Tensor, Tensor>> LastStage => [layer4];

        public override Tensor BeforeLastStage(Tensor pictures)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var x = maxpool.call(bn1.call(conv1.call(pictures)).relu_());                               // (batch, 64, height / 4, width / 4)
            return layer3.call(layer2.call(layer1.call(x))).MoveToOuterDisposeScope();                  // (batch, Features / 2, height / 16, width / 16)
        }

        protected override Tensor Classify(Tensor maps) => fc is null ? Pool(maps) : fc.call(Pool(maps));
    }

    static Sequential Stem(int channels, Randomness random, MatrixPrecision compute) => Sequential(
        new Conv(channels, 32, 3, random, compute, stride: 2), BatchNorm2d(32), ReLU(inplace: true),
        new Conv(32, 32, 3, random, compute), BatchNorm2d(32), ReLU(inplace: true),
        new Conv(32, 64, 3, random, compute));

    static Sequential Shortcut(int inputs, int outputs, int stride, bool averages, Randomness random, MatrixPrecision compute) => averages
        ? Sequential(stride == 1 ? Identity() : AvgPool2d(2, stride, ceil_mode: true, count_include_pad: false), new Conv(inputs, outputs, 1, random, compute), BatchNorm2d(outputs))
        : Sequential(new Conv(inputs, outputs, 1, random, compute, stride), BatchNorm2d(outputs));

    /// <summary>The last norm of a block: it starts at zero, so that every block begins as its shortcut (Goyal and others, arXiv 1706.02677).</summary>
    static BatchNorm2d LastNorm(int channels)
    {
        var norm = BatchNorm2d(channels);
        init.zeros_(norm.weight!);
        return norm;
    }

    sealed class Basic : Module<Tensor, Tensor>
    {
        // In the order of the data: a folded norm belongs to the convolution declared before it.
        readonly Conv conv1;
        readonly BatchNorm2d bn1;
        readonly Conv conv2;
        readonly BatchNorm2d bn2;
        readonly Sequential? downsample;

        public Basic(int inputs, int width, int stride, Sequential? downsample, Randomness random, MatrixPrecision compute) : base(nameof(Basic))
        {
            conv1 = new(inputs, width, 3, random, compute, stride);
            bn1 = BatchNorm2d(width);
            conv2 = new(width, width, 3, random, compute);
            bn2 = LastNorm(width);
            this.downsample = downsample;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var inner = bn1.call(conv1.call(x)).relu_();
            return bn2.call(conv2.call(inner)).add_(downsample is null ? x : downsample.call(x)).relu_().MoveToOuterDisposeScope();
        }
    }

    sealed class Bottleneck : Module<Tensor, Tensor>
    {
        readonly Conv conv1;
        readonly BatchNorm2d bn1;
        readonly Conv conv2;
        readonly BatchNorm2d bn2;
        readonly Conv conv3;
        readonly BatchNorm2d bn3;
        readonly Sequential? downsample;

        public Bottleneck(int inputs, int width, (int First, int Second) stride, Sequential? downsample, Randomness random, MatrixPrecision compute) : base(nameof(Bottleneck))
        {
            conv1 = new(inputs, width, 1, random, compute, stride.First);
            bn1 = BatchNorm2d(width);
            conv2 = new(width, width, 3, random, compute, stride.Second);
            bn2 = BatchNorm2d(width);
            conv3 = new(width, 4 * width, 1, random, compute);
            bn3 = LastNorm(4 * width);
            this.downsample = downsample;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var inner = bn1.call(conv1.call(x)).relu_();
            inner = bn2.call(conv2.call(inner)).relu_();
            return bn3.call(conv3.call(inner)).add_(downsample is null ? x : downsample.call(x)).relu_().MoveToOuterDisposeScope();
        }
    }
}
