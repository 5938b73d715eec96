using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>How wide a <see cref="VisionTransformer"/> is.</summary>
public enum VisionTransformerSize
{
    /// <summary>192 numbers a token, 3 heads.</summary>
    Tiny,

    /// <summary>384 numbers a token, 6 heads.</summary>
    Small,
}

/// <summary>A picture cut into squares, each a token; twelve layers of attention; the class token's end is what a head sees.</summary>
/// <remarks>
/// Dosovitskiy and others, arXiv 2010.11929; the sizes of Touvron and others, arXiv 2012.12877. Names as in timm's vit_tiny_patch16_224.
/// Pictures of another size than the positions were learned for get them resampled, bicubic.
/// </remarks>
public sealed record VisionTransformer : PictureArchitecture
{
    const double Deviation = 0.02;                                   // of all initial weights
    const double NormEpsilon = 1e-6;

    public VisionTransformerSize Size { get; init; } = VisionTransformerSize.Tiny;

    /// <summary>Side of a square, in pixels.</summary>
    public int Patch { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Squares along each side of the pictures that the positions are for: 14 of 16 pixels make 224.</summary>
    public int Grid { get; init => field = Require.AtLeast(1, value); } = 14;

    /// <summary>Layers of attention.</summary>
    public int Depth { get; init => field = Require.AtLeast(1, value); } = 12;

    public override string Classifier => "head.";

    public override bool HasLastStage => false;

    public override PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute) => new Net(this, channels, classes, random, compute);

    int Heads => Size == VisionTransformerSize.Tiny ? 3 : 6;

    sealed class Net : PictureNetwork
    {
        readonly Parameter cls_token, pos_embed;
        readonly PatchEmbed patch_embed;
        readonly Sequential blocks;
        readonly LayerNorm norm;
        readonly Dense? head;
        readonly int patch, grid, depth;

        public Net(VisionTransformer settings, int channels, int classes, Randomness random, MatrixPrecision compute) : base(nameof(VisionTransformer))
        {
            (patch, grid, depth) = (settings.Patch, settings.Grid, settings.Depth);
            Features = 64 * settings.Heads;
            cls_token = Parameter(empty(1, 1, Features).normal_(0, 1e-6, random.Host));
            pos_embed = Parameter(empty(1, 1 + grid * grid, Features).normal_(0, Deviation, random.Host));
            patch_embed = new(channels, Features, patch, random, compute);
            blocks = Sequential();
            for (var block = 0; block < depth; block++) blocks.append(new Block(Features, settings.Heads, random, compute));
            norm = LayerNorm(Features, eps: NormEpsilon);
            if (classes > 0) head = Linear(Features, classes, random, compute);
            RegisterComponents();
        }

        public override int Features { get; }

        public override bool PoolsItself => true;

        public override IReadOnlyList<string[]> Parts =>
            [["cls_token", "pos_embed", "patch_embed.", .. Enumerable.Range(0, depth / 2).Select(i => $"blocks.{i}.")], ["blocks.", "norm."]];

        public override Tensor Maps(Tensor pictures)
        {
            if (pictures.shape[2] < patch || pictures.shape[3] < patch)
                throw new InputException($"The pictures have {pictures.shape[2]}×{pictures.shape[3]} pixels; this transformer cuts them into squares of {patch}.");
            using var scope = NewDisposeScope();
            var x = patch_embed.call(pictures);                                                      // (batch, Features, rows, columns)
            var positions = Positions(x.shape[2], x.shape[3]);
            x = x.flatten(2).transpose(1, 2);                                                        // (batch, squares, Features)
            x = cat([cls_token.expand(x.shape[0], -1, -1), x.to(ScalarType.Float32)], 1) + positions;
            return norm.call(blocks.call(x)).select(1, 0).MoveToOuterDisposeScope();                 // (batch, Features)
        }

        public override Tensor Pool(Tensor maps) => maps.alias();

        protected override Tensor Classify(Tensor maps) => head is null ? maps : head.call(maps);

        Tensor Positions(long rows, long columns)
        {
            if (rows == grid && columns == grid) return pos_embed;
            var squares = pos_embed.narrow(1, 1, grid * grid).transpose(1, 2).reshape(1, Features, grid, grid);
            squares = functional.interpolate(squares, size: [rows, columns], mode: InterpolationMode.Bicubic, align_corners: false);
            return cat([pos_embed.narrow(1, 0, 1), squares.flatten(2).transpose(1, 2)], 1);
        }
    }

    sealed class PatchEmbed : Module<Tensor, Tensor>
    {
        readonly Conv proj;

        public PatchEmbed(int channels, int width, int patch, Randomness random, MatrixPrecision compute) : base(nameof(PatchEmbed))
        {
            proj = new(channels, width, patch, random, compute, stride: patch, padding: 0, hasBias: true, deviation: Deviation);
            RegisterComponents();
        }

        public override Tensor forward(Tensor pictures) => proj.call(pictures);
    }

    sealed class Block : Module<Tensor, Tensor>
    {
        readonly LayerNorm norm1, norm2;
        readonly PatchAttention attn;
        readonly Mlp mlp;

        public Block(int width, int heads, Randomness random, MatrixPrecision compute) : base(nameof(Block))
        {
            norm1 = LayerNorm(width, eps: NormEpsilon);
            attn = new(width, heads, random, compute);
            norm2 = LayerNorm(width, eps: NormEpsilon);
            mlp = new(width, random, compute);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)                                                     // (batch, tokens, width) float32
        {
            using var scope = NewDisposeScope();
            x = x + attn.call(norm1.call(x));
            return (x + mlp.call(norm2.call(x))).MoveToOuterDisposeScope();
        }
    }

    sealed class PatchAttention : Module<Tensor, Tensor>
    {
        readonly Dense qkv, proj;
        readonly int heads;

        public PatchAttention(int width, int heads, Randomness random, MatrixPrecision compute) : base(nameof(PatchAttention))
        {
            this.heads = heads;
            qkv = Linear(width, 3 * width, random, compute);
            proj = Linear(width, width, random, compute);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var (batch, tokens, width) = (x.shape[0], x.shape[1], x.shape[2]);
            var parts = qkv.call(x).reshape(batch, tokens, 3, heads, width / heads).permute(2, 0, 3, 1, 4).unbind(0);           // (batch, heads, tokens, width / heads)
            var seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
            return proj.call(seen.transpose(1, 2).reshape(batch, tokens, width)).MoveToOuterDisposeScope();
        }
    }

    sealed class Mlp : Module<Tensor, Tensor>
    {
        readonly Dense fc1, fc2;

        public Mlp(int width, Randomness random, MatrixPrecision compute) : base(nameof(Mlp))
        {
            fc1 = Linear(width, 4 * width, random, compute);
            fc2 = Linear(4 * width, width, random, compute);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return fc2.call(functional.gelu(fc1.call(x))).MoveToOuterDisposeScope();
        }
    }

    static Dense Linear(int inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new(inputs, outputs, random, compute, gain: 3 * Deviation * Deviation * inputs);             // uniform of that deviation
}
