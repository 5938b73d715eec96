using Kaggle.Deep.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>Published weights without their classifier.</summary>
sealed class PublishedBody : IFrozenBody
{
    readonly PictureNetwork body;

    public PublishedBody(Pretrained published, Device device)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, device);
        body = published.LoadBody(PublishedFiles.Find(published), 3, random, new MatrixPrecision(TrainingPrecision.Float32));
        body.to(device);
        body.eval();
    }

    public IMapsPictures Halves => body;

    public IReadOnlyList<Tensor> Features(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var maps = body.Stretches(pictures);
        return [.. maps.Select(m => (ReferenceEquals(m, maps[^1]) ? body.Pool(m) : m.mean([2, 3])).MoveToOuterDisposeScope())];
    }

    public void Dispose() => body.Dispose();
}
