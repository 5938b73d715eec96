namespace Kaggle.Core.Learning;

/// <summary>A learner that looks at pictures, and can look at them at another size.</summary>
public interface IResizes : ILearner
{
    /// <param name="pixels">Height and width.</param>
    /// <returns>The same learner; its other sizes, where it has several, change by as much.</returns>
    /// <exception cref="Data.InputException">It cannot look at pictures so small.</exception>
    ILearner AtSize(int pixels);
}
