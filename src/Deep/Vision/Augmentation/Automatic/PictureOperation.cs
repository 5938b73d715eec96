namespace Kaggle.Deep.Vision.Augmentation.Automatic;

/// <summary>What an automatic augmentation may do to a picture. Its strength is a length, an angle or a factor; see each.</summary>
/// <remarks>The fourteen of torchvision's RandAugment and TrivialAugmentWide.</remarks>
public enum PictureOperation
{
    Nothing,

    /// <summary>Leans sideways about the upper edge; strength: by what share of the height.</summary>
    LeanAcross,

    /// <summary>Leans downwards about the left edge; strength: by what share of the width.</summary>
    LeanDown,

    /// <summary>Strength: pixels to the right.</summary>
    MoveAcross,

    /// <summary>Strength: pixels down.</summary>
    MoveDown,

    /// <summary>Strength: degrees, against the clock.</summary>
    Turn,

    /// <summary>Away from black; strength: 0 changes nothing, −1 is black.</summary>
    Brighten,

    /// <summary>Away from its own greys; strength: 0 changes nothing, −1 is grey.</summary>
    Colour,

    /// <summary>Away from its mean grey; strength: 0 changes nothing, −1 is that grey.</summary>
    Contrast,

    /// <summary>Away from a smoothed copy; strength: 0 changes nothing, −1 is the copy.</summary>
    Sharpen,

    /// <summary>Keeps the highest bits of each value; strength: how many.</summary>
    Posterise,

    /// <summary>Inverts what is bright; strength: from which value on, 0 to 1.</summary>
    Solarise,

    /// <summary>Stretches each channel to the whole range; has no strength.</summary>
    Stretch,

    /// <summary>Makes each channel's values equally frequent; has no strength.</summary>
    Equalise,
}
