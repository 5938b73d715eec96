using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;

namespace Kaggle.Deep.Vision;

/// <summary>Where learners find published weights: the folder that KAGGLE_WEIGHTS names, weights in that of KAGGLE_DATA, the cache of downloads.</summary>
public static class PublishedFiles
{
    /// <returns>The file's path; downloaded first where it has an address and is not there.</returns>
    /// <exception cref="InputException">It is nowhere.</exception>
    public static string Find(Pretrained published) => Files().Find(published.Published);

    /// <returns>Whether they lie on this machine.</returns>
    public static bool Has(Pretrained published) => Files().Has(published.Published);

    /// <returns>Null where they can be had, else a sentence.</returns>
    public static string? Lacking(Pretrained published) => published.Address is not null || Has(published) ? null
        : $"The weights of {published.Name} ({published.File}) are not there; put the file into a folder and set {WeightFiles.Variable} to it.";

    static WeightFiles Files() => WeightFiles.OfUser(
        Environment.GetEnvironmentVariable("KAGGLE_DATA") is { Length: > 0 } data ? [Path.Combine(data, "weights")] : []);
}
