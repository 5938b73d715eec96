using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Where in a picture there is what speaks for an output.</summary>
/// <remarks>Grad-CAM (Selvaraju and others, arXiv 1610.02391): the last maps, weighted by the mean gradient of the output, what speaks against it left out.</remarks>
static class HeatMaps
{
    static readonly float[] warm = [255, 70, 0];
    const double Cover = 0.65;                              // of the warmest place

    /// <summary>Of each picture's surest output.</summary>
    /// <param name="maps">(batch, features, rows, columns).</param>
    /// <param name="outputs">(batch, outputs) of maps, before any probability.</param>
    /// <returns>(batch, rows, columns) 0 to 1.</returns>
    public static Tensor OfSurest(Tensor maps, Func<Tensor, Tensor> outputs)
    {
        using var scope = NewDisposeScope();
        using var tracked = enable_grad();
        var from = maps.detach().requires_grad_();
        var said = outputs(from);
        // Of one output it is the side of zero on which it lies.
        var surest = said.shape[1] == 1 ? said.abs() : said.amax(1);
        var gradient = autograd.grad([surest.sum()], [from])[0];
        using var untracked = no_grad();
        var heat = (gradient.mean([2, 3], keepdim: true) * from).sum(1).relu();
        return (heat / heat.amax([1, 2], keepdim: true).clamp(min: 1e-12)).MoveToOuterDisposeScope();
    }

    /// <param name="pictures">(batch, channels, side, side) bytes.</param>
    /// <param name="heat">(batch, rows, columns) 0 to 1.</param>
    /// <returns>A JPEG of each picture, the warm places coloured.</returns>
    public static IEnumerable<byte[]> Drawn(Tensor pictures, Tensor heat)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var side = pictures.shape[3];
        var cover = nn.functional.interpolate(heat.unsqueeze(1), [side, side], mode: InterpolationMode.Bilinear, align_corners: false) * Cover;
        var colours = pictures.to(float32).expand(-1, 3, -1, -1);
        var drawn = (colours * (1 - cover) + tensor(warm, [1, 3, 1, 1]) * cover).round().clamp(0, 255).to(ScalarType.Byte).permute(0, 2, 3, 1).contiguous().data<byte>().ToArray();
        var form = new ImageForm { Side = (int)side };
        return [.. drawn.Chunk(form.Bytes).Select(pixels => ImageDecoder.Jpeg(pixels, form))];
    }
}
