using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>A body, published or new, with a head for a competition's outputs.</summary>
/// <remarks>One input, (batch, channels, height, width) float32 and normalised → (batch, outputs).</remarks>
public sealed class PictureClassifier : Network, IMapsPictures
{
    readonly PictureNetwork body;
    readonly nn.Module<Tensor, Tensor> head;
    readonly bool pools;

    /// <param name="body">Built without classes; owned from here.</param>
    /// <param name="head">Null: a <see cref="ConcatPoolHead"/> on maps, a <see cref="PlainHead"/> where the body has none.</param>
    /// <param name="outputs">Of the competition.</param>
    /// <param name="random">For the head's weights and dropout.</param>
    /// <param name="compute">The precision of its products.</param>
    /// <exception cref="InputException">The head pools maps that the body does not have.</exception>
    public PictureClassifier(PictureNetwork body, PictureHead? head, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(PictureClassifier))
    {
        this.body = body;
        head ??= body.PoolsItself ? new PlainHead() : new ConcatPoolHead();
        if (head.Pools && body.PoolsItself) throw new InputException($"A {head.GetType().Name} pools maps, and a {body.GetName()} ends with features. Head = new PlainHead() fits it.");
        this.head = head.Build(body.Features, outputs, random, compute);
        pools = head.Pools;
        RegisterComponents();
    }

    public PictureNetwork Body => body;

    public nn.Module<Tensor, Tensor> Head => head;

    /// <summary>The body's parts, then the head.</summary>
    public override IReadOnlyList<string[]> Parts => [.. body.Parts.Select(part => part.Select(prefix => "body." + prefix).ToArray()), ["head."]];

    public override int PredictBatch => body.PredictBatch;

    public override Tensor forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        return FromMaps(body.Maps(inputs[0])).MoveToOuterDisposeScope();
    }

    // The body may keep its norms.
    public override void train(bool train = true)
    {
        base.train(train);
        body.train(train);
    }

    /// <param name="before">(batch, channels, rows, columns), as <see cref="PictureNetwork.BeforeLastStage"/> gives them.</param>
    /// <returns>(batch, outputs), as from the pictures themselves.</returns>
    public Tensor FromStage(Tensor before)
    {
        using var scope = NewDisposeScope();
        return FromMaps(body.LastStage.Aggregate(before.to(ScalarType.Float32), (x, layer) => layer.call(x))).MoveToOuterDisposeScope();
    }

    public Tensor Maps(Tensor pictures) => body.Maps(pictures);

    public Tensor Pool(Tensor maps) => body.Pool(maps);

    public Tensor FromMaps(Tensor maps) => head.call(pools ? maps : body.Pool(maps)).to(ScalarType.Float32);
}
