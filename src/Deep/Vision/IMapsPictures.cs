using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>A network over pictures whose way can be cut at its last maps.</summary>
public interface IMapsPictures
{
    /// <param name="pictures">(batch, channels, height, width), normalised.</param>
    /// <returns>(batch, features, rows, columns); or (batch, features) of networks that pool by a token.</returns>
    Tensor Maps(Tensor pictures);

    /// <returns>(batch, features).</returns>
    Tensor Pool(Tensor maps);

    /// <returns>(batch, outputs), as from the pictures themselves.</returns>
    Tensor FromMaps(Tensor maps);
}
