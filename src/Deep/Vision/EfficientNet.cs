using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>EfficientNet-B0: inverted residuals of 3×3 and 5×5, each channel weighed by what all channels hold (squeeze and excitation).</summary>
/// <remarks>Tan and Le, arXiv 1905.11946; names as in timm's efficientnet_b0.</remarks>
public sealed record EfficientNet : PictureArchitecture
{
    /// <summary>Weights trained in TensorFlow expect its padding.</summary>
    public PaddingRule Padding { get; init; }

    /// <summary>Added to the variance in batch norms: 1e-5 in PyTorch, 1e-3 in TensorFlow.</summary>
    public double NormEpsilon { get; init => field = Require.Positive(value); } = 1e-5;

    /// <summary>Share of the features dropped before the classifier.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.2;

    public override string Classifier => "classifier.";

    internal override IReadOnlyList<NameMap> Names => PublishedNames.EfficientNet;

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(channels, classes, new(this, random, compute));

    sealed class Net : PictureNetwork
    {
        // Of each stage: kernel, widening, channels, blocks, stride of the first.
        static readonly (int Kernel, int Widening, int Channels, int Blocks, int Stride)[] stages =
            [(3, 1, 16, 1, 1), (3, 6, 24, 2, 2), (5, 6, 40, 2, 2), (3, 6, 80, 3, 2), (5, 6, 112, 3, 1), (5, 6, 192, 4, 2), (3, 6, 320, 1, 1)];

        const int FirstOfLast = 5;

        // In the order of the data: a folded norm belongs to the convolution declared before it.
        readonly Conv conv_stem;
        readonly BatchNorm2d bn1;
        readonly Sequential blocks;
        readonly Conv conv_head;
        readonly BatchNorm2d bn2;
        readonly SiLU activation = SiLU(inplace: true);
        readonly Dropout dropout;
        readonly Dense? classifier;

        public Net(int channels, int classes, LayerMaker make) : base(nameof(EfficientNet))
        {
            conv_stem = make.Conv(channels, 32, 3, stride: 2);
            bn1 = make.Norm(32);
            blocks = Sequential();
            var inputs = 32;
            foreach (var (kernel, widening, outputs, count, stride) in stages)
            {
                var stage = Sequential();
                for (var block = 0; block < count; block++)
                {
                    stage.append(widening == 1 ? new Separable(inputs, outputs, kernel, make) : new InvertedResidual(inputs, outputs, kernel, block == 0 ? stride : 1, widening, make));
                    inputs = outputs;
                }
                blocks.append(stage);
            }
            conv_head = make.Conv(inputs, Features, 1);
            bn2 = make.Norm(Features);
            dropout = new(make.Settings.Dropout, make.Random);
            if (classes > 0) classifier = new(Features, classes, make.Random, make.Compute);
            RegisterComponents();
        }

        public override int Features => 1280;

        public override IReadOnlyList<string[]> Parts => [["conv_stem.", "bn1.", "blocks.0.", "blocks.1.", "blocks.2."], ["blocks.", "conv_head.", "bn2."]];

        public override Tensor Maps(Tensor pictures)
        {
            using var scope = NewDisposeScope();
            return LastStage.Aggregate(BeforeLastStage(pictures), (x, layer) => layer.call(x)).MoveToOuterDisposeScope();      // (batch, 1280, height / 32, width / 32)
        }

        public override IReadOnlyList<Module<Tensor, Tensor>> LastStage => [.. blocks.From(FirstOfLast), conv_head, bn2, activation];

        public override Tensor BeforeLastStage(Tensor pictures)
        {
            using var scope = NewDisposeScope();
            var x = functional.silu(bn1.call(conv_stem.call(pictures)), inplace: true);                                        // (batch, 32, height / 2, width / 2)
            return blocks.After(x, [FirstOfLast - 1])[0].MoveToOuterDisposeScope();                                            // (batch, 112, height / 16, width / 16)
        }

        protected override Tensor Classify(Tensor maps) => classifier is null ? Pool(maps) : classifier.call(dropout.call(Pool(maps)));
    }

    /// <summary>Layers with the settings that all of a network share.</summary>
    sealed record LayerMaker(EfficientNet Settings, Randomness Random, MatrixPrecision Compute)
    {
        public Conv Conv(int inputs, int outputs, int kernel, int stride = 1, int groups = 1, bool hasBias = false) =>
            new(inputs, outputs, kernel, Random, Compute, stride, groups: groups, hasBias: hasBias, rule: Settings.Padding);

        public BatchNorm2d Norm(int channels) => BatchNorm2d(channels, eps: Settings.NormEpsilon);
    }

    sealed class SqueezeExcite : Module<Tensor, Tensor>
    {
        readonly Conv conv_reduce, conv_expand;

        public SqueezeExcite(int channels, int squeezed, LayerMaker make) : base(nameof(SqueezeExcite))
        {
            conv_reduce = make.Conv(channels, squeezed, 1, hasBias: true);
            conv_expand = make.Conv(squeezed, channels, 1, hasBias: true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var gates = conv_expand.call(functional.silu(conv_reduce.call(x.mean([2, 3], keepdim: true)))).sigmoid();          // (batch, channels, 1, 1)
            return (x * gates).MoveToOuterDisposeScope();
        }
    }

    sealed class Separable : Module<Tensor, Tensor>
    {
        readonly Conv conv_dw;
        readonly BatchNorm2d bn1;
        readonly SqueezeExcite se;
        readonly Conv conv_pw;
        readonly BatchNorm2d bn2;

        public Separable(int inputs, int outputs, int kernel, LayerMaker make) : base(nameof(Separable))
        {
            conv_dw = make.Conv(inputs, inputs, kernel, groups: inputs);
            bn1 = make.Norm(inputs);
            se = new(inputs, inputs / 4, make);
            conv_pw = make.Conv(inputs, outputs, 1);
            bn2 = make.Norm(outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            x = functional.silu(bn1.call(conv_dw.call(x)), inplace: true);
            return bn2.call(conv_pw.call(se.call(x))).MoveToOuterDisposeScope();
        }
    }

    sealed class InvertedResidual : Module<Tensor, Tensor>
    {
        readonly Conv conv_pw;
        readonly BatchNorm2d bn1;
        readonly Conv conv_dw;
        readonly BatchNorm2d bn2;
        readonly SqueezeExcite se;
        readonly Conv conv_pwl;
        readonly BatchNorm2d bn3;
        readonly bool adds;

        public InvertedResidual(int inputs, int outputs, int kernel, int stride, int widening, LayerMaker make) : base(nameof(InvertedResidual))
        {
            adds = stride == 1 && inputs == outputs;
            var wide = widening * inputs;
            conv_pw = make.Conv(inputs, wide, 1);
            bn1 = make.Norm(wide);
            conv_dw = make.Conv(wide, wide, kernel, stride, groups: wide);
            bn2 = make.Norm(wide);
            se = new(wide, inputs / 4, make);
            conv_pwl = make.Conv(wide, outputs, 1);
            bn3 = make.Norm(outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var inner = functional.silu(bn1.call(conv_pw.call(x)), inplace: true);
            inner = functional.silu(bn2.call(conv_dw.call(inner)), inplace: true);
            inner = bn3.call(conv_pwl.call(se.call(inner)));
            return (adds ? inner.add_(x) : inner).MoveToOuterDisposeScope();
        }
    }
}
