namespace Kaggle.Core.Learning.Ratings;

/// <summary>A model that can say of every item how well it suits a user.</summary>
public interface IRanksItems
{
    RatedNames Names { get; }

    /// <summary>The scores of some users for a run of neighbouring items.</summary>
    /// <param name="users">Their places.</param>
    /// <param name="first">The first item's place.</param>
    /// <param name="scores">(users × items) to be filled; only their order within a user means something.</param>
    void Score(ReadOnlySpan<int> users, int first, Span<float> scores);
}
