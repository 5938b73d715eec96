using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>The files that learners' results follow from, brought before anything is trained: units side by side must not each begin to download.</summary>
static class NeededFiles
{
    /// <param name="learners">Whose files.</param>
    /// <param name="told">Of what comes; not of files that are there.</param>
    /// <param name="cancel">Stops the download.</param>
    /// <exception cref="Data.InputException">A file cannot be had.</exception>
    public static void Fetch(IEnumerable<ILearner> learners, Action<FetchProgress> told, CancellationToken cancel)
    {
        var progress = new Listener(told);
        foreach (var files in learners.SelectMany(UnitKey.Files).Distinct()) files.Fetch(progress, cancel);
    }

    sealed class Listener(Action<FetchProgress> told) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => told(value);
    }
}
