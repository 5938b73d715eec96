using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Vision;

/// <summary>An architecture with published weights, and what its pictures must be brought to.</summary>
public sealed record Pretrained : IFrozenNetwork
{
    /// <summary>As a competitor writes it after --model.</summary>
    public required string Name { get; init; }

    public required PictureArchitecture Architecture { get; init; }

    /// <summary>The file's name where it was published; or the whole path of one of yours.</summary>
    public required string File { get; init; }

    /// <summary>Of the file's bytes, where another file of that name must be another learner; null: whatever is found by that name.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Where the file can be downloaded; null: nowhere, it must be in a folder of the user's.</summary>
    public Uri? Address { get; init; }

    /// <summary>The file and its address, for <see cref="WeightFiles"/>.</summary>
    public PublishedFile Published => Sha256 is null ? new(File, Address) : new(File, Address) { Sha256 = Sha256 };

    /// <summary>Of the classifier in the file; 0: it has none.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether its own classes can be asked for: a file of yours may hold another classifier, or none.</summary>
    [JsonIgnore]
    public bool Classifies => Classes > 0 && Sha256 is null;

    public required Normalisation Normalisation { get; init; }

    /// <summary>Height and width of the pictures that it learned from.</summary>
    public required int Size { get; init; }

    public string? Lacks => PublishedFiles.Lacking(this);

    string IFollowsFromFiles.Content => PublishedFiles.ContentOf(this);

    void IFollowsFromFiles.Fetch(IProgress<FetchProgress> progress, CancellationToken cancel) => PublishedFiles.Find(this, progress, cancel);

    public IFrozenBody Open(TorchSharp.torch.Device device, int threads) => new PublishedBody(this, device);

    /// <summary>The published network, classifier included, on the CPU.</summary>
    /// <param name="file">Where the file lies.</param>
    /// <param name="random">For what the file does not hold.</param>
    /// <param name="compute">The precision of its products.</param>
    /// <returns>Owned by the caller.</returns>
    /// <exception cref="InputException">The file is missing, damaged or of another network.</exception>
    public PictureNetwork Load(string file, Randomness random, MatrixPrecision compute) => Loaded(file, 3, Classes, random, compute);

    /// <summary>The published network without its classifier, on the CPU: what a head is put on.</summary>
    /// <param name="channels">Of the pictures; the first convolution is brought to them.</param>
    /// <inheritdoc cref="Load"/>
    public PictureNetwork LoadBody(string file, int channels, Randomness random, MatrixPrecision compute) => Loaded(file, channels, 0, random, compute);

    PictureNetwork Loaded(string file, int channels, int classes, Randomness random, MatrixPrecision compute)
    {
        using var checkpoint = CheckpointFile.Read(file);
        return Architecture.Load(checkpoint, channels, classes, random, compute);
    }
}
