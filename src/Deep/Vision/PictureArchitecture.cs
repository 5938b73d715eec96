using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>A family of networks over pictures with its sizes set; a recipe that knows no weights.</summary>
public abstract record PictureArchitecture
{
    /// <summary>How the names of the published classifier's parameters begin.</summary>
    public abstract string Classifier { get; }

    /// <summary>Whether its networks know where their last stage begins, so that it can learn alone.</summary>
    public virtual bool HasLastStage => true;

    /// <summary>What other projects call the same tensors.</summary>
    internal virtual IReadOnlyList<NameMap> Names => [];

    /// <summary>Brings what Keras's network of this architecture does otherwise; the names are ours already.</summary>
    internal virtual void FromKeras(StateDict checkpoint) { }

    /// <param name="channels">Of the pictures: 3 for colours, 1 for greys.</param>
    /// <param name="classes">Of the published classifier; 0: none, the network ends with its features.</param>
    /// <param name="random">For the weights that it starts with.</param>
    /// <param name="compute">The precision of its products.</param>
    public abstract PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute);

    /// <summary>The network with the weights of a checkpoint, whichever project named them; on the CPU, ready to predict.</summary>
    /// <param name="checkpoint">Used up: its tensors are renamed, and brought to the network's channels and norms.</param>
    /// <param name="channels">Of the pictures; kernels for colours are brought to them.</param>
    /// <param name="classes">Of the classifier in the checkpoint; 0: it is left out.</param>
    /// <param name="random">For what the checkpoint does not hold.</param>
    /// <param name="compute">The precision of its products.</param>
    /// <returns>Owned by the caller. Norms that had been folded away keep their values in training too.</returns>
    /// <exception cref="InputException">The checkpoint is of another network: both sides are listed.</exception>
    public PictureNetwork Load(StateDict checkpoint, int channels, int classes, Randomness random, MatrixPrecision compute)
    {
        using var scope = NewDisposeScope();
        NameMap.Unwrap(checkpoint);
        var keras = KerasLayout.Apply(checkpoint);
        _ = Names.Any(names => names.Apply(checkpoint));
        if (keras) FromKeras(checkpoint);
        if (classes == 0) checkpoint.RemoveAll(Classifier);
        var network = Build(channels, classes, random, compute);
        try
        {
            InputChannels.Fit(network, checkpoint);
            FoldedNorms.TakeInBiases(network, checkpoint);
            network.KeepsNorms = FoldedNorms.Unfold(network, checkpoint) > 0;
            checkpoint.CopyInto(network);
            return network.OwningItsWeights();
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <returns>The multiple of 8 nearest to a scaled width, never below nine tenths of it.</returns>
    protected static int MultipleOf8(double width)
    {
        var rounded = Math.Max(8, (int)(width + 4) / 8 * 8);
        return rounded < 0.9 * width ? rounded + 8 : rounded;
    }
}
