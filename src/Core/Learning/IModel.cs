using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>What a learner made of rows. It has no state that predicting changes.</summary>
public interface IModel : IDisposable
{
    /// <returns>(rows, outputs) in the order of the rows given, on the scale that was learned.</returns>
    Predictions Predict(Dataset rows);

    /// <summary>Writes all that <see cref="ILearner.Load"/> needs into a folder that exists and is empty.</summary>
    void Save(string folder);

    FitRecord Record { get; }
}

/// <summary>A model that can say what each column added to each prediction.</summary>
public interface IExplainable
{
    /// <summary>The columns explained, in the order of the contributions.</summary>
    IReadOnlyList<string> Explained { get; }

    /// <returns>(rows, outputs × (columns + 1)): for each output the columns' contributions, then the base value; they sum to the raw score.</returns>
    Matrix Contributions(Dataset rows);
}
