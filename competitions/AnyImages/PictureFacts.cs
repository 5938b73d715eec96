namespace Kaggle.Competitions.AnyImages;

/// <summary>What decides who tries.</summary>
sealed record PictureFacts
{
    public required TaskKind Task { get; init; }

    /// <summary>Pictures with an answer.</summary>
    public required int Rows { get; init; }

    /// <summary>Pictures without one.</summary>
    public required int Test { get; init; }

    public required PictureShapes Shapes { get; init; }

    /// <summary>How many pictures the most frequent class has; of answers that are no classes, all.</summary>
    public required int Largest { get; init; }

    /// <summary>When the run will be ended; null: when it is done.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Icons, digits, thumbnails: a network learns them from scratch, and one that knows photos sees more of them enlarged, though not to a photo's size.</summary>
    public bool AreSmall => Shapes.Side is <= 64;
}
