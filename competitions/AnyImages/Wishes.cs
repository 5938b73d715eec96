namespace Kaggle.Competitions.AnyImages;

/// <summary>What the command line said of the learners; null: what fits the pictures.</summary>
sealed record Wishes
{
    /// <summary>Whose weights; "none": a network from scratch.</summary>
    public string? Model { get; init; }

    /// <summary>A file of weights.</summary>
    public string? Weights { get; init; }

    public int? Size { get; init; }

    public int? Epochs { get; init; }
}
