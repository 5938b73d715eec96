namespace Kaggle.Core.Learning.Ratings;

/// <summary>A learner of who likes what: of each row it looks at a user and an item.</summary>
public interface IRatesPairs : ILearner
{
    /// <summary>The column of users.</summary>
    string User { get; }

    /// <summary>The column of items.</summary>
    string Item { get; }
}

/// <summary>A model that holds a vector of each item: what is liked by the same users points the same way.</summary>
public interface IItemVectors
{
    /// <summary>By place: the items that training met.</summary>
    IReadOnlyList<string> ItemNames { get; }

    /// <returns>The vector of the item at a place; empty where the model holds none.</returns>
    ReadOnlySpan<float> ItemVector(int place);
}
