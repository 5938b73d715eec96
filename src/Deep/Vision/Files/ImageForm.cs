using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>How a picture of any shape becomes a square.</summary>
public enum Framing
{
    /// <summary>All of it, its sides stretched to one length.</summary>
    Squish,

    /// <summary>The middle, as much as a square holds of it.</summary>
    Crop,

    /// <summary>All of it, with black beside or above.</summary>
    Pad,
}

/// <summary>What pictures are decoded to: squares of bytes.</summary>
public sealed record ImageForm
{
    /// <summary>Height and width in pixels.</summary>
    public int Side { get; init => field = Require.AtLeast(1, value); } = 224;

    /// <summary>3: red, green, blue. 1: grey, 0.299 red + 0.587 green + 0.114 blue.</summary>
    public int Channels { get; init => field = value is 1 or 3 ? value : throw new InputException($"A picture has 1 or 3 channels, not {value}."); } = 3;

    public Framing Framing { get; init; } = Framing.Squish;

    /// <summary>How many bytes one picture has.</summary>
    public int Bytes => Side * Side * Channels;
}
