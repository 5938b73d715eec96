using Kaggle.Core.Learning;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Vision;

/// <summary>A network that is asked for features and never trained: published weights, or any ONNX model.</summary>
public interface IFrozenNetwork : IFollowsFromFiles
{
    string Name { get; }

    Normalisation Normalisation { get; }

    /// <summary>Height and width of the pictures that it learned from.</summary>
    int Size { get; }

    /// <summary>Null where its file can be had, else a sentence.</summary>
    string? Lacks { get; }

    /// <summary>What its features follow from, for those who keep them: all settings, and what its files hold.</summary>
    string Identity => UnitKey.Identity(this);

    /// <param name="device">Where it computes, if it can be chosen.</param>
    /// <param name="threads">How many it may use.</param>
    /// <exception cref="Core.Data.InputException">Its file is not there or not what it should be.</exception>
    IFrozenBody Open(Device device, int threads);
}

/// <summary>A <see cref="IFrozenNetwork"/> in memory.</summary>
public interface IFrozenBody : IDisposable
{
    /// <param name="pictures">(batch, 3, side, side), normalised.</param>
    FrozenOutputs Outputs(Tensor pictures);

    /// <summary>Its two halves, where gradients can be taken; null: they cannot.</summary>
    IMapsPictures? Halves { get; }
}

/// <summary>What a frozen network makes of pictures.</summary>
/// <param name="Features">(batch, features) float32 at the end of each of the network's stretches, from the input on; one, where they are not known.</param>
/// <param name="Classes">(batch, classes) float32: the scores of the classifier that it was published with; null where it has none.</param>
public readonly record struct FrozenOutputs(IReadOnlyList<Tensor> Features, Tensor? Classes = null);
