namespace Kaggle.Deep.Vision.Augmentation.Automatic;

/// <summary>How strong an operation is at a level of 0 to 1.</summary>
/// <param name="Lean">The most, as a share of the side.</param>
/// <param name="Move">The most in pixels, of pictures of a side.</param>
/// <param name="Turn">The most in degrees.</param>
/// <param name="Light">The most that a factor of brightness, colour, contrast or sharpness goes from one.</param>
/// <param name="BitsLost">The most of the eight.</param>
sealed record OperationRanges(double Lean, Func<long, double> Move, double Turn, double Light, int BitsLost)
{
    /// <param name="operation">Of which.</param>
    /// <param name="level">0 to 1.</param>
    /// <param name="sign">1 or −1, for what has two directions.</param>
    /// <param name="side">Of the pictures, in pixels.</param>
    public float StrengthOf(PictureOperation operation, double level, int sign, long side) => (float)(operation switch
    {
        PictureOperation.LeanAcross or PictureOperation.LeanDown => sign * level * Lean,
        PictureOperation.MoveAcross or PictureOperation.MoveDown => sign * level * Move(side),
        PictureOperation.Turn => sign * level * Turn,
        PictureOperation.Brighten or PictureOperation.Colour or PictureOperation.Contrast or PictureOperation.Sharpen => sign * level * Light,
        PictureOperation.Posterise => 8 - Math.Round(level * BitsLost),
        PictureOperation.Solarise => 1 - level,
        _ => 0,
    });
}
