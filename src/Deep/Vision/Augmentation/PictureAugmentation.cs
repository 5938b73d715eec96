using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Transforms;
using Kaggle.Deep.Vision.Augmentation.Automatic;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>What is drawn anew for each picture each time it is learned from. All that moves pixels is one sampling, all that changes light one step.</summary>
/// <remarks>The defaults are fastai's aug_transforms (fastai/vision/augment.py).</remarks>
public sealed record PictureAugmentation
{
    /// <summary>Mirrors half of the pictures left to right; wrong for letters and digits.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>Gives each picture one of the eight positions of a square instead: for pictures without an up, such as those from above.</summary>
    public bool Dihedral { get; init; }

    /// <summary>Degrees, at most, either way.</summary>
    public double Rotate { get; init => field = Require.Between(0, 180, value); } = 10;

    /// <summary>The least and the most that a picture is enlarged, about a point that is drawn too; below 1 it shrinks.</summary>
    public double MinZoom { get; init => field = Require.Positive(value); } = 1;

    /// <inheritdoc cref="MinZoom"/>
    public double MaxZoom { get; init => field = Require.Positive(value); } = 1.1;

    /// <summary>The share of the side, at most, by which a picture moves either way.</summary>
    public double Shift { get; init => field = Require.Between(0, 1, value); }

    /// <summary>How far a picture leans sideways, as a share of its height, at most.</summary>
    public double Shear { get; init => field = Require.Between(0, 1, value); }

    /// <summary>How much an edge grows at most, and the opposite one shrinks, as the picture is tilted sideways, likewise as it is tilted back.</summary>
    /// <remarks>fastai's magnitude. Beyond 0.36 a picture tilted both ways as far as can be has a corner behind the eye.</remarks>
    public double Warp { get; init => field = Require.Between(0, 0.6, value); } = 0.2;

    /// <summary>The chance that a picture is rotated, likewise zoomed, shifted, sheared, and tilted in either way.</summary>
    public double AffineChance { get; init => field = Require.Between(0, 1, value); } = 0.75;

    /// <summary>The least share of the picture's area that is cut out and brought to the whole; 1: nothing is cut. torchvision's and fastai's random resized crop: 0.08.</summary>
    public double MinArea { get; init => field = Require.Between(0.01, 1, value); } = 1;

    /// <summary>The least ratio of the sides of what is cut out; the most is its inverse. 1: squares alone.</summary>
    public double MinAspect { get; init => field = Require.Between(0.1, 1, value); } = 0.75;

    /// <summary>What lies beyond the edges.</summary>
    public BeyondEdges Edges { get; init; } = BeyondEdges.Mirrored;

    /// <summary>How far brightness and contrast go from none, 0 to 1.</summary>
    public double Lighting { get; init => field = Require.Between(0, 0.99, value); } = 0.2;

    /// <summary>How far colours go from as they are, 0 to 1; greys have none.</summary>
    public double Saturation { get; init => field = Require.Between(0, 0.99, value); }

    /// <summary>How far colours turn about the grey axis, as a share of the circle.</summary>
    public double Hue { get; init => field = Require.Between(0, 0.5, value); }

    /// <summary>The chance that a picture's brightness changes, likewise contrast, saturation, hue.</summary>
    public double LightingChance { get; init => field = Require.Between(0, 1, value); } = 0.75;

    /// <summary>Operations drawn for each picture, between what moves pixels and what changes light: <see cref="TrivialAugment"/>, <see cref="RandAugment"/>; null: none.</summary>
    public DrawnOperations? Operations { get; init; }

    /// <summary>Cutout: the side in pixels of a square that is wiped out of every picture, with the mean colour; 0: none.</summary>
    public int Cutout { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The chance that a box of the picture is wiped out, with noise.</summary>
    public double EraseChance { get; init => field = Require.Between(0, 1, value); }

    /// <summary>The most of a picture's area that is wiped out.</summary>
    public double EraseArea { get; init => field = Require.Between(0, 1, value); } = 0.3;

    /// <summary>fastai's aug_transforms as they stand.</summary>
    public static PictureAugmentation Photos { get; } = new();

    /// <summary>The same, and a square of at least three quarters of the area cut out in the one sampling: fastai's presizing, for pictures that are decoded larger than they are learned from.</summary>
    public static PictureAugmentation Presized { get; } = Photos with { MinArea = 0.75, MinAspect = 1 };

    /// <summary>Mirrors, and one operation of any strength: nothing to tune.</summary>
    public static PictureAugmentation Trivial { get; } = new() { Rotate = 0, MaxZoom = 1, Warp = 0, Lighting = 0, Operations = new TrivialAugment() };

    /// <summary>For small pictures of signs: no mirror, no light; turned, sized, moved and leaned a little over a black ground.</summary>
    public static PictureAugmentation Digits { get; } = new()
    {
        Flip = false, Rotate = 12, MinZoom = 0.9, MaxZoom = 1.1, Shift = 0.08, Shear = 0.15, Warp = 0, Lighting = 0, AffineChance = 0.9, Edges = BeyondEdges.Black,
    };

    /// <summary>Nothing at all, to begin from.</summary>
    public static PictureAugmentation None { get; } = new() { Flip = false, Rotate = 0, MaxZoom = 1, Warp = 0, Lighting = 0 };

    /// <param name="strength">fastai's mult.</param>
    /// <returns>The same with so many times the rotation, the tilt and the light.</returns>
    public PictureAugmentation Times(double strength) => this with { Rotate = Rotate * strength, Warp = Warp * strength, Lighting = Lighting * strength };

    /// <param name="normalisation">What is done to the pictures afterwards: what is wiped out is then mean or noise of deviation 1.</param>
    /// <param name="side">Height and width of the pictures that come out, where larger ones go in; null: those that go in.</param>
    internal ImmutableArray<IBatchTransform> Transforms(Normalisation normalisation, int? side = null)
    {
        var transforms = ImmutableArray.CreateBuilder<IBatchTransform>();
        if (side is not null || Flip || Dihedral || Rotate > 0 || MinZoom != 1 || MaxZoom != 1 || Shift > 0 || Shear > 0 || Warp > 0 || MinArea < 1) transforms.Add(new Resampling(this, side));
        if (Operations is { } operations) transforms.Add(operations);
        if (Lighting > 0 || Saturation > 0 || Hue > 0) transforms.Add(new Relighting(this));
        if (Cutout > 0) transforms.Add(new Erasing { Chance = 1, Square = Cutout, Normalisation = normalisation });
        if (EraseChance > 0) transforms.Add(new Erasing { Chance = EraseChance, MaxArea = EraseArea, Normalisation = normalisation });
        return transforms.ToImmutable();
    }
}

/// <summary>What a sampling finds beyond a picture's edges.</summary>
public enum BeyondEdges
{
    Mirrored,

    /// <summary>The edge's own pixels.</summary>
    Repeated,

    Black,
}
