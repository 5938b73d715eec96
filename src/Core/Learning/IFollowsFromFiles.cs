using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>A setting whose results follow from files too: published weights, a model of the user's. A learner is one, or has one among its settings.</summary>
/// <remarks>What its files hold is part of the unit's key, and a run brings them before it begins.</remarks>
public interface IFollowsFromFiles
{
    /// <summary>Another text where the files hold other bytes, the same before a file is downloaded and after. Downloads nothing.</summary>
    string Content { get; }

    /// <summary>Brings the files that are not on this machine yet.</summary>
    /// <param name="progress">Told as they come.</param>
    /// <param name="cancel">Stops; what has come may stay for the next time.</param>
    /// <exception cref="InputException">They cannot be had, or are not what they should be.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Fetch(IProgress<FetchProgress> progress, CancellationToken cancel);
}

/// <param name="Name">Of the file.</param>
/// <param name="Bytes">Here so far.</param>
/// <param name="Of">All; null: the server does not say.</param>
public readonly record struct FetchProgress(string Name, long Bytes, long? Of);
