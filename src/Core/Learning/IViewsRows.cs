using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>A model that can look at rows in other ways that mean the same: images mirrored, numbers with a little noise.</summary>
/// <remarks>The cross-validation blends those predictions with the plain ones, and keeps the blend where it scores better out of fold.</remarks>
public interface IViewsRows : IModel
{
    /// <summary>How many other ways are wanted; 0: none.</summary>
    int Views { get; }

    /// <summary>The plain prediction's share in the blend; fastai's beta is 0.25.</summary>
    double PlainShare { get; }

    /// <param name="rows">As for <see cref="IModel.Predict"/>.</param>
    /// <param name="view">0 to <see cref="Views"/> − 1; the same number, the same draws.</param>
    /// <returns>As there.</returns>
    Predictions PredictView(Dataset rows, int view);
}
