using Kaggle.Deep.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>Published weights, with their classifier where the file has one.</summary>
sealed class PublishedBody : IFrozenBody
{
    readonly PictureNetwork body;
    readonly bool classifies;

    public PublishedBody(Pretrained published, Device device)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, device);
        classifies = published.Classifies;
        var (file, compute) = (PublishedFiles.Find(published), new MatrixPrecision(TrainingPrecision.Float32));
        body = classifies ? published.Load(file, random, compute) : published.LoadBody(file, 3, random, compute);
        body.to(device);
        body.eval();
    }

    public IMapsPictures Halves => body;

    public FrozenOutputs Outputs(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var maps = body.Stretches(pictures);
        return new(
            [.. maps.Select(m => (ReferenceEquals(m, maps[^1]) ? body.Pool(m) : m.mean([2, 3])).MoveToOuterDisposeScope())],
            classifies ? body.FromMaps(maps[^1]).MoveToOuterDisposeScope() : null);
    }

    public void Dispose() => body.Dispose();
}
