namespace Kaggle.Core.Data;

/// <summary>Collects a user's mistakes, so that all are told at once.</summary>
sealed class Problems
{
    readonly List<string> sentences = [];

    public void Add(string sentence) => sentences.Add(sentence);

    /// <returns>What the step makes; default when it found a mistake, which is kept.</returns>
    public T? Try<T>(Func<T> step) where T : class
    {
        try { return step(); }
        catch (InputException mistake)
        {
            sentences.Add(mistake.Message);
            return null;
        }
    }

    /// <exception cref="InputException">There are some; of several each stands on its own line.</exception>
    public void ThrowIfAny()
    {
        if (sentences.Count == 1) throw new InputException(sentences[0]);
        if (sentences.Count > 1) throw new InputException($"{sentences.Count} problems:\n" + string.Join("\n", sentences.Select(s => "  - " + s)));
    }
}
