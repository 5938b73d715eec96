using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>A network over pictures as it was published: its parameters have the names of the published checkpoints.</summary>
/// <remarks>One input, (batch, channels, height, width) float32 and normalised → (batch, classes), or (batch, <see cref="Features"/>) when built without classes.</remarks>
public abstract class PictureNetwork(string name) : Network(name), IMapsPictures
{
    /// <summary>Channels of <see cref="Maps"/>.</summary>
    public abstract int Features { get; }

    /// <summary>From the input to the last maps; the published classifier, where there is one, goes with the last part.</summary>
    public abstract override IReadOnlyList<string[]> Parts { get; }

    /// <summary>Whether <see cref="Maps"/> are features already, of networks that pool by a token: there is nothing for a head to pool.</summary>
    public virtual bool PoolsItself => false;

    public override int PredictBatch => 32;

    /// <summary>Keeps the batch norms as they were loaded, in training too: for weights whose norms had been folded away, which hold no statistics.</summary>
    public bool KeepsNorms { get; set; }

    /// <returns>(batch, <see cref="Features"/>, rows, columns): what a head pools; or (batch, <see cref="Features"/>) of networks that pool by a token.</returns>
    public abstract Tensor Maps(Tensor pictures);

    /// <summary>The layers of the last stage, one after the other: what may learn on while all before them stays as it was published. None: they cannot be told from the others.</summary>
    public virtual IReadOnlyList<nn.Module<Tensor, Tensor>> LastStage => [];

    /// <returns>(batch, channels, rows, columns): of what <see cref="LastStage"/> makes <see cref="Maps"/>.</returns>
    /// <exception cref="NotSupportedException">There is no last stage.</exception>
    public virtual Tensor BeforeLastStage(Tensor pictures) => throw new NotSupportedException($"Where the last stage of a {GetName()} begins is not known.");

    /// <returns>The maps at the ends of the network's stretches, from the input on: (batch, channels, rows, columns) each. The last are <see cref="Maps"/>.</returns>
    public virtual IReadOnlyList<Tensor> Stretches(Tensor pictures) => [Maps(pictures)];

    /// <returns>(batch, <see cref="Features"/>): the maps as the published classifier pools them.</returns>
    public virtual Tensor Pool(Tensor maps) => maps.mean([2, 3]);

    /// <returns>(batch, classes) of the published classifier; the pooled features where there is none.</returns>
    protected abstract Tensor Classify(Tensor maps);

    public override Tensor forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        return FromMaps(Maps(inputs[0])).MoveToOuterDisposeScope();
    }

    public Tensor FromMaps(Tensor maps) => Classify(maps).to(ScalarType.Float32);

    public override void train(bool train = true)
    {
        base.train(train);
        if (!KeepsNorms) return;
        foreach (var norm in modules().OfType<BatchNorm2d>()) norm.eval();
    }
}
