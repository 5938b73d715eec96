using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>A learner that can try learning rates and say how each did.</summary>
public interface IFindsRate : ILearner
{
    /// <param name="train">As for <see cref="ILearner.Fit"/>.</param>
    /// <param name="context">As there.</param>
    /// <exception cref="InputException">The rows cannot be learned from.</exception>
    RateCurve FindRate(Dataset train, FitContext context);
}
