using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>Test-time augmentation: a picture is predicted as it is and in other views, and the predictions are averaged.</summary>
public sealed record TestViews
{
    public static TestViews Plain { get; } = new();

    /// <summary>fastai's tta: four draws of the training's augmentation, the picture as it is a quarter of all.</summary>
    public static TestViews Drawn { get; } = new() { Draws = 4, PlainShare = 0.25 };

    /// <summary>Also mirrored left to right.</summary>
    public bool Flip { get; init; }

    /// <summary>Also moved by so many pixels to the upper left and the lower right, the edge repeated.</summary>
    public int Shift { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Also turned by so many degrees either way.</summary>
    public double Turn { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Also so often as it was learned from: by the learner's own augmentation, where it has one; fastai's n.</summary>
    public int Draws { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The weight of the picture as it is; the other views share the rest. Null: all count alike.</summary>
    public double? PlainShare { get; init => field = value is { } v ? Require.Between(0, 1, v) : null; }

    /// <summary>How many views there are.</summary>
    public int Count => 1 + Others + Draws;

    /// <summary>How many of them are neither drawn nor the picture as it is.</summary>
    internal int Others => (Flip ? 2 : 1) * (1 + (Shift > 0 ? 2 : 0) + (Turn > 0 ? 2 : 0)) - 1;

    /// <summary>What the picture as it is weighs.</summary>
    [JsonIgnore]
    public double Share => PlainShare ?? 1.0 / Count;

    /// <param name="pictures">(batch, channels, height, width).</param>
    /// <param name="predict">Of pictures, (batch, outputs).</param>
    /// <returns>(batch, outputs): the views' weighted mean.</returns>
    /// <exception cref="InputException">There are to be draws: only a learner with an augmentation has them.</exception>
    public Tensor Mean(Tensor pictures, Func<Tensor, Tensor> predict)
    {
        if (Draws > 0) throw new InputException($"Views.Draws is {Draws}, and what is asked for them has no augmentation to draw by. Leave Draws out.");
        using var scope = NewDisposeScope();
        var plain = predict(pictures);
        if (Count == 1) return plain.MoveToOuterDisposeScope();
        var others = Unlike(pictures).Select(predict).Aggregate((a, b) => a + b) / (Count - 1);
        return (plain * Share + others * (1 - Share)).MoveToOuterDisposeScope();
    }

    /// <param name="pictures">(batch, channels, height, width).</param>
    /// <param name="view">From 0, without those that are drawn.</param>
    /// <returns>The same, in another view than as they are.</returns>
    public Tensor Other(Tensor pictures, int view) => Unlike(pictures).ElementAt(view);

    IEnumerable<Tensor> Unlike(Tensor pictures)
    {
        foreach (var moved in Moved(pictures))
        {
            if (!ReferenceEquals(moved, pictures)) yield return moved;
            if (Flip) yield return moved.flip(3);
        }
    }

    IEnumerable<Tensor> Moved(Tensor pictures)
    {
        yield return pictures;
        if (Shift > 0)
        {
            var (height, width) = (pictures.shape[2], pictures.shape[3]);
            var padded = nn.functional.pad(pictures, [Shift, Shift, Shift, Shift], TorchSharp.PaddingModes.Replicate);
            yield return padded.narrow(2, 0, height).narrow(3, 0, width);
            yield return padded.narrow(2, 2 * Shift, height).narrow(3, 2 * Shift, width);
        }
        if (Turn > 0)
        {
            yield return Turned(pictures, Turn);
            yield return Turned(pictures, -Turn);
        }
    }

    static Tensor Turned(Tensor pictures, double degrees)
    {
        var (cos, sin) = ((float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180));
        var turn = tensor(new[] { cos, -sin, 0, sin, cos, 0 }, [1, 2, 3], device: pictures.device).expand(pictures.shape[0], 2, 3);
        return nn.functional.grid_sample(pictures, nn.functional.affine_grid(turn, pictures.shape, align_corners: false), GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
    }
}
