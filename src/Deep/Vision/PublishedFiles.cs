using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;

namespace Kaggle.Deep.Vision;

/// <summary>Where learners find published weights: the folder that KAGGLE_WEIGHTS names, weights in that of KAGGLE_DATA, the cache of downloads.</summary>
public static class PublishedFiles
{
    /// <returns>The file's path; downloaded first where it has an address and is not there.</returns>
    /// <param name="progress">Told of a download as it comes.</param>
    /// <param name="cancel">Stops a download.</param>
    /// <exception cref="InputException">It is nowhere, or another than was published.</exception>
    public static string Find(Pretrained published, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default) => Files().Find(published.Published, progress, cancel);

    /// <returns>What tells its bytes from others; nothing is downloaded.</returns>
    public static string ContentOf(Pretrained published) => Files().ContentOf(published.Published);

    /// <returns>Whether they lie on this machine.</returns>
    public static bool Has(Pretrained published) => Files().Has(published.Published);

    /// <returns>Null where they can be had, else a sentence.</returns>
    public static string? Lacking(Pretrained published) => published.Address is not null || Has(published) ? null
        : $"The weights of {published.Name} ({published.File}) are not there; put the file into a folder and set {WeightFiles.Variable} to it.";

    static WeightFiles Files() => WeightFiles.OfUser(
        Environment.GetEnvironmentVariable("KAGGLE_DATA") is { Length: > 0 } data ? [Path.Combine(data, "weights")] : []);
}
