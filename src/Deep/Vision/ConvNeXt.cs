using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>How wide and deep a <see cref="ConvNeXt"/> is.</summary>
public enum ConvNeXtSize
{
    Atto,
    Femto,
    Pico,
    Nano,
    Tiny,
    Small,
}

/// <summary>7×7 convolutions over single channels, then two linear layers over each pixel's channels, as in a transformer.</summary>
/// <remarks>Liu and others, arXiv 2201.03545; sizes below Tiny are timm's own. Names as in timm's convnext.</remarks>
public sealed record ConvNeXt : PictureArchitecture
{
    const double Deviation = 0.02;                                   // of all initial weights

    public ConvNeXtSize Size { get; init; } = ConvNeXtSize.Atto;

    /// <summary>Factor of each block's result before it is added, where training starts.</summary>
    public double LayerScale { get; init => field = Require.Positive(value); } = 1e-6;

    public override string Classifier => "head.fc.";

    internal override IReadOnlyList<NameMap> Names => PublishedNames.ConvNeXt;

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(this, channels, classes, random, compute);

    // Channels double from stage to stage. The small sizes write their linear layers as 1×1 convolutions.
    (int Width, int[] Blocks, bool ByConv) Shape => Size switch
    {
        ConvNeXtSize.Atto => (40, [2, 2, 6, 2], true),
        ConvNeXtSize.Femto => (48, [2, 2, 6, 2], true),
        ConvNeXtSize.Pico => (64, [2, 2, 6, 2], true),
        ConvNeXtSize.Nano => (80, [2, 2, 8, 2], true),
        ConvNeXtSize.Tiny => (96, [3, 3, 9, 3], false),
        _ => (96, [3, 3, 27, 3], false),
    };

    sealed class Net : PictureNetwork
    {
        readonly Sequential stem, stages;
        readonly Head head;

        public Net(ConvNeXt settings, int channels, int classes, Randomness random, MatrixPrecision compute) : base(nameof(ConvNeXt))
        {
            var (width, blocks, byConv) = settings.Shape;
            stem = Sequential(new Conv(channels, width, 4, random, compute, stride: 4, padding: 0, hasBias: true, deviation: Deviation), new ChannelNorm(width));
            stages = Sequential();
            for (var stage = 0; stage < 4; stage++)
                stages.append(new Stage(stage == 0 ? width : width << (stage - 1), width << stage, blocks[stage], byConv, settings.LayerScale, random, compute));
            Features = width << 3;
            head = new(Features, classes, random, compute);
            RegisterComponents();
        }

        public override int Features { get; }

        public override IReadOnlyList<string[]> Parts => [["stem.", "stages.0.", "stages.1."], ["stages.", "head.norm."]];

        public override Tensor Maps(Tensor pictures)
        {
            using var scope = NewDisposeScope();
            return stages.call(stem.call(pictures)).MoveToOuterDisposeScope();                       // (batch, Features, height / 32, width / 32)
        }

        /// <summary>Without the norm of the pooled maps, which stays as it was published with the stages before.</summary>
        public override IReadOnlyList<Module<Tensor, Tensor>> LastStage => stages.From(3);

        public override Tensor BeforeLastStage(Tensor pictures)
        {
            using var scope = NewDisposeScope();
            return stages.After(stem.call(pictures), [2])[0].MoveToOuterDisposeScope();              // (batch, Features / 2, height / 16, width / 16)
        }

        public override Tensor Pool(Tensor maps) => head.Normed(maps);

        protected override Tensor Classify(Tensor maps) => head.call(Pool(maps));
    }

    sealed class Head : Module<Tensor, Tensor>
    {
        readonly ChannelNorm norm;
        readonly Dense? fc;

        public Head(int features, int classes, Randomness random, MatrixPrecision compute) : base(nameof(Head))
        {
            norm = new(features);
            if (classes > 0) fc = Linear(features, classes, random, compute);
            RegisterComponents();
        }

        public Tensor Normed(Tensor maps) => norm.OverLast(maps.mean([2, 3]));

        public override Tensor forward(Tensor features) => fc is null ? features : fc.call(features);
    }

    sealed class Stage : Module<Tensor, Tensor>
    {
        readonly Sequential? downsample;
        readonly Sequential blocks;

        public Stage(int inputs, int outputs, int count, bool byConv, double scale, Randomness random, MatrixPrecision compute) : base(nameof(Stage))
        {
            if (inputs != outputs)
                downsample = Sequential(new ChannelNorm(inputs), new Conv(inputs, outputs, 2, random, compute, stride: 2, padding: 0, hasBias: true, deviation: Deviation));
            blocks = Sequential();
            for (var block = 0; block < count; block++) blocks.append(new Block(outputs, byConv, scale, random, compute));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return blocks.call(downsample is null ? x : downsample.call(x)).MoveToOuterDisposeScope();
        }
    }

    sealed class Block : Module<Tensor, Tensor>
    {
        readonly Conv conv_dw;
        readonly ChannelNorm norm;
        readonly Mlp mlp;
        readonly Parameter gamma;

        public Block(int channels, bool byConv, double scale, Randomness random, MatrixPrecision compute) : base(nameof(Block))
        {
            conv_dw = new(channels, channels, 7, random, compute, groups: channels, hasBias: true, deviation: Deviation);
            norm = new(channels);
            mlp = new(channels, byConv, random, compute);
            gamma = Parameter(full(channels, scale));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)                                                     // (batch, channels, height, width)
        {
            using var scope = NewDisposeScope();
            var inner = mlp.call(norm.OverLast(conv_dw.call(x).permute(0, 2, 3, 1)));               // (batch, height, width, channels)
            return (x + (inner * gamma).permute(0, 3, 1, 2)).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Two linear layers over the last dimension, whichever shape their weights have in the checkpoint.</summary>
    sealed class Mlp : Module<Tensor, Tensor>
    {
        readonly Module<Tensor, Tensor> fc1, fc2;
        readonly bool byConv;

        public Mlp(int channels, bool byConv, Randomness random, MatrixPrecision compute) : base(nameof(Mlp))
        {
            this.byConv = byConv;
            fc1 = Layer(channels, 4 * channels);
            fc2 = Layer(4 * channels, channels);
            RegisterComponents();

            Module<Tensor, Tensor> Layer(int inputs, int outputs) => byConv
                ? new Conv(inputs, outputs, 1, random, compute, hasBias: true, deviation: Deviation)
                : Linear(inputs, outputs, random, compute);
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            if (byConv) x = x.permute(0, 3, 1, 2);
            x = fc2.call(functional.gelu(fc1.call(x)));
            return (byConv ? x.permute(0, 2, 3, 1) : x).MoveToOuterDisposeScope();
        }
    }

    static Dense Linear(int inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new(inputs, outputs, random, compute, gain: 3 * Deviation * Deviation * inputs);             // uniform of that deviation
}
