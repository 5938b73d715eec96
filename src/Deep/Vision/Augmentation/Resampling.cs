using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>All that moves pixels: each picture's motions are multiplied into one matrix, and the batch is sampled once.</summary>
/// <remarks>Matrices are homographies of the square −1 … 1, from the new picture's coordinates to the old one's.</remarks>
/// <param name="Settings">Which motions, and how far.</param>
/// <param name="Side">Height and width of the new pictures, cut and moved out of larger ones in the same sampling; null: those of the old ones.</param>
public sealed record Resampling(PictureAugmentation Settings, int? Side = null) : IBatchTransform
{
    const int Tries = 10;                                   // for a part that fits, as torchvision's RandomResizedCrop

    public TrainingBatch Apply(TrainingBatch batch, Randomness random)
    {
        var pictures = batch.Inputs[0];
        using var scope = NewDisposeScope();
        var moved = Sample(pictures, Motions(pictures.shape[0], pictures.device, random.Device), Settings.Edges, Side).MoveToOuterDisposeScope();
        return batch with { Inputs = [moved, .. batch.Inputs.Skip(1)] };
    }

    /// <param name="pictures">(batch, channels, height, width).</param>
    /// <param name="motions">(batch, 3, 3).</param>
    /// <param name="edges">What lies beyond.</param>
    /// <param name="side">Height and width of the new pictures; null: those of the old ones.</param>
    public static Tensor Sample(Tensor pictures, Tensor motions, BeyondEdges edges, int? side = null) =>
        pictures.device_type == DeviceType.CPU && pictures.dtype == ScalarType.Float32 ? PixelSampling.Sample(pictures, motions, edges, side) : SampleByGrid(pictures, motions, edges, side);

    /// <param name="pictures">(batch, channels, height, width), 0 … 255, bytes or floats.</param>
    /// <param name="side">Height and width wanted.</param>
    /// <returns>The whole of each picture on so many pixels, sampled as those are that are learned from; the same tensor where it has them.</returns>
    internal static Tensor Whole(Tensor pictures, int side)
    {
        if (pictures.shape[3] == side) return pictures;
        using var scope = NewDisposeScope();
        var still = eye(3, device: pictures.device).unsqueeze(0).expand(pictures.shape[0], 3, 3);
        return Sample(pictures.to(ScalarType.Float32), still, BeyondEdges.Repeated, side).MoveToOuterDisposeScope();
    }

    /// <summary>The same on any device.</summary>
    internal static Tensor SampleByGrid(Tensor pictures, Tensor motions, BeyondEdges edges, int? side = null)
    {
        var (rows, height, width) = (pictures.shape[0], side ?? pictures.shape[2], side ?? pictures.shape[3]);
        var (y, x) = (Centres(height, pictures.device), Centres(width, pictures.device));
        var points = stack([x.unsqueeze(0).expand(height, width), y.unsqueeze(1).expand(height, width), ones(height, width, device: pictures.device)], 2).view(1, -1, 3);
        var from = points.matmul(motions.transpose(1, 2));                                    // (batch, height · width, 3)
        var grid = (from.narrow(2, 0, 2) / from.narrow(2, 2, 1)).view(rows, height, width, 2);
        return nn.functional.grid_sample(pictures, grid, GridSampleMode.Bilinear, edges switch
        {
            BeyondEdges.Black => GridSamplePaddingMode.Zeros,
            BeyondEdges.Repeated => GridSamplePaddingMode.Border,
            _ => GridSamplePaddingMode.Reflection,
        }, align_corners: false);
    }

    /// <returns>(rows, 3, 3).</returns>
    public Tensor Motions(long rows, Device device, Generator random)
    {
        Tensor Uniform(double least, double most) => rand(rows, generator: random, device: device) * (most - least) + least;
        // 1 where the motion happens; what is multiplied by it, or raised to it, else changes nothing.
        Tensor Happens() => (rand(rows, generator: random, device: device) < Settings.AffineChance).to(ScalarType.Float32);
        var (zero, one) = (zeros(rows, device: device), ones(rows, device: device));
        Tensor Matrix(params Tensor[] cells) => stack(cells, 1).view(-1, 3, 3);
        var motion = eye(3, device: device).unsqueeze(0).expand(rows, 3, 3);
        if (Settings.MinArea < 1) motion = motion.matmul(Part());
        if (Settings.Warp > 0) motion = motion.matmul(Tilted(Uniform(-Settings.Warp, Settings.Warp) * Happens(), Uniform(-Settings.Warp, Settings.Warp) * Happens()));
        if (Settings.Dihedral) motion = motion.matmul(Position(Uniform(0, 8).floor()));
        else if (Settings.Flip) motion = motion.matmul(Matrix(Sign(Uniform(0, 1)), zero, zero, zero, one, zero, zero, zero, one));
        if (Settings.Rotate > 0)
        {
            var angle = Uniform(-Settings.Rotate, Settings.Rotate) * (Math.PI / 180) * Happens();
            motion = motion.matmul(Matrix(angle.cos(), -angle.sin(), zero, angle.sin(), angle.cos(), zero, zero, zero, one));
        }
        if (Settings.Shear > 0)
        {
            var lean = Uniform(-Settings.Shear, Settings.Shear) * Happens();
            motion = motion.matmul(Matrix(one, lean, zero, zero, one, zero, zero, zero, one));
        }
        if (Settings.MinZoom != 1 || Settings.MaxZoom != 1)
        {
            var side = Uniform(Settings.MinZoom, Settings.MaxZoom).pow(-1).pow(Happens());
            motion = motion.matmul(Cut(side, Uniform(-1, 1), Uniform(-1, 1)));
        }
        if (Settings.Shift > 0)
        {
            var happens = Happens() * 2;                                                      // the square's side is 2
            motion = motion.matmul(Matrix(one, zero, Uniform(-Settings.Shift, Settings.Shift) * happens, zero, one, Uniform(-Settings.Shift, Settings.Shift) * happens, zero, zero, one));
        }
        return motion;

        // A part of the picture, its side given, somewhere inside; of more than the picture, somewhere around.
        Tensor Cut(Tensor side, Tensor x, Tensor y)
        {
            var room = (1 - side).abs();
            return Matrix(side, zero, room * x, zero, side, room * y, zero, zero, one);
        }

        Tensor Part()
        {
            Tensor Each(double least, double most) => rand(rows, Tries, generator: random, device: device) * (most - least) + least;
            var (area, aspect) = (Each(Settings.MinArea, 1), Each(Math.Log(Settings.MinAspect), -Math.Log(Settings.MinAspect)).exp());
            var (wide, high) = ((area * aspect).sqrt(), (area / aspect).sqrt());              // (rows, tries), of the whole side
            var fits = (wide <= 1).logical_and(high <= 1);
            var first = fits.to(int64).argmax(1, keepdim: true);
            Tensor Drawn(Tensor side) => where(fits.gather(1, first), side.gather(1, first), ones(rows, 1, device: device)).squeeze(1);
            (wide, high) = (Drawn(wide), Drawn(high));
            return Matrix(wide, zero, (1 - wide) * Uniform(-1, 1), zero, high, (1 - high) * Uniform(-1, 1), zero, zero, one);
        }

        // The old corners come to (∓1 ∓ down, ∓1 ∓ across), at opposite ends with opposite signs: fastai's eight equations, solved once for all.
        Tensor Tilted(Tensor across, Tensor down)
        {
            var (a, d) = (across * across, down * down);
            var (middle, twist) = (1 - a - d, 2 * across * down);
            var (wide, high) = (across * (a - d - 1), down * (d - a - 1));
            return Matrix(middle, twist, wide, twist, middle, high, wide, high, middle);
        }

        Tensor Position(Tensor number)
        {
            var (turned, across, down) = ((number / 4).floor(), Sign((number / 2).floor().remainder(2)), Sign(number.remainder(2)));
            return Matrix(across * (1 - turned), across * turned, zero, down * turned, down * (1 - turned), zero, zero, zero, one);
        }
    }

    static Tensor Sign(Tensor zeroToOne) => (zeroToOne >= 0.5).to(ScalarType.Float32) * 2 - 1;

    static Tensor Centres(long side, Device device) => (arange(side, float32, device) * 2 + 1) / side - 1;
}
