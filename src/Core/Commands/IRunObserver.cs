using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>Shows a person how a run goes.</summary>
interface IRunObserver : IDisposable
{
    /// <summary>A file that learners need is being downloaded; before any unit.</summary>
    void Fetched(FetchProgress progress);

    void Started(Unit unit);

    void Progressed(Unit unit, FitProgress progress);

    void Finished(FinishedUnit finished, double score, bool cached);

    void Note(string text);

    /// <param name="warnings">The leak guard's, once it has looked.</param>
    void Warned(IReadOnlyList<Warning> warnings);
}
