using System.Numerics.Tensors;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>Published weights over real files, from JPEG to class: what decoding, framing and normalisation cost shows here.</summary>
public class PublishedAccuracyTests
{
    static readonly string[] cifar = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public PublishedAccuracyTests() => Libtorch.Load();

    /// <summary>Pillow and PyTorch give these very shares of the same JPEG copies; on the original test pixels they are 0.917 and 0.934.</summary>
    [Theory]
    [InlineData("resnet20_cifar10", "test.zip/", 0.8155)]
    [InlineData("resnet56_cifar10", "test.zip/", 0.8385)]
    [InlineData("resnet20_cifar10", "train.zip/", 0.8614)]
    [InlineData("resnet56_cifar10", "train.zip/", 0.8861)]
    public void Cifar_s_networks_know_as_many_pictures_as_elsewhere(string name, string zip, double share)
    {
        var folder = RealWeights.In("cifar10-small", "");
        Assert.Equal(share, Right(PretrainedModels.Named(name), folder, zip, Framing.Squish, (label, file) => cifar[label] == file.Split('/')[^2]), 0.002);
    }

    [Fact]
    public void Ants_and_bees_are_named_among_a_thousand_classes()
    {
        var folder = RealWeights.In("hymenoptera", "");
        var labels = File.ReadAllLines(RealWeights.File("imagenet_labels_1001.txt"));
        bool IsNamed(int label, string file) => labels[label].Split(',')[0] == file.Split('/')[^2].TrimEnd('s');

        Assert.InRange(Right(PretrainedModels.MobileNetV2Folded, folder, "", Framing.Crop, IsNamed), 0.84, 1);
    }

    /// <returns>The share of a folder's pictures whose likeliest class is right.</returns>
    static double Right(Pretrained published, string folder, string part, Framing framing, Func<int, string, bool> isRight)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        using var network = published.Load(RealWeights.File(published.File), random, new MatrixPrecision(TrainingPrecision.Float32));
        using var tree = new FileTree(folder);
        var form = new ImageForm { Side = published.Size, Framing = framing };
        var files = tree.Images.Where(n => n.StartsWith(part, StringComparison.Ordinal)).ToList();
        var right = 0;
        foreach (var batch in files.Chunk(32))
        {
            using var step = NewDisposeScope();
            var bytes = new byte[batch.Length * form.Bytes];
            for (var i = 0; i < batch.Length; i++) Assert.Null(ImageDecoder.Decode(tree.Read(batch[i]), form, bytes.AsSpan(i * form.Bytes, form.Bytes)));
            var said = network.call([published.Normalisation.Apply(tensor(bytes, [batch.Length, form.Side, form.Side, 3]).permute(0, 3, 1, 2))]).data<float>().ToArray();
            right += batch.Index().Count(b => isRight(TensorPrimitives.IndexOfMax(said.AsSpan(b.Index * said.Length / batch.Length, said.Length / batch.Length)), b.Item));
        }
        return right / (double)files.Count;
    }
}
