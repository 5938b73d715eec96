namespace Kaggle.Core.Metrics;

/// <summary>How the scores of several classes become one.</summary>
public enum Averaging
{
    /// <summary>The score of class 1 alone.</summary>
    Binary,

    /// <summary>The mean over classes that have an answer or a label; of several labels over all.</summary>
    Macro,

    /// <summary>The score of all classes' counts added up.</summary>
    Micro,

    /// <summary>The mean over classes, each by its share of the answers.</summary>
    Weighted,
}
