using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>A learner whose rows change each time they are learned from, and that can draw them as it sees them.</summary>
public interface IShowsRows : ILearner
{
    /// <param name="train">As for <see cref="ILearner.Fit"/>.</param>
    /// <param name="context">As there; the same seed draws the same.</param>
    /// <returns>A PNG: a line for each of some rows, first as it is, then as it is learned from.</returns>
    /// <exception cref="InputException">The rows cannot be learned from.</exception>
    byte[] Show(Dataset train, FitContext context);
}
