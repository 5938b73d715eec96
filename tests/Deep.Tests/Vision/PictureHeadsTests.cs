using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Learners;
using Kaggle.Tests.Deep.Vision.Learners;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

public sealed class PictureHeadsTests : IDisposable
{
    static readonly MatrixPrecision exact = new(TrainingPrecision.Float32);

    static readonly VisionTransformer transformer = new() { Patch = 4, Grid = 2, Depth = 1 };

    readonly LeftRightPictures pictures = new();

    public PictureHeadsTests() => Libtorch.Load();

    public void Dispose() => pictures.Dispose();

    [Fact]
    public void Bodies_with_maps_get_fastais_head_and_those_that_pool_themselves_a_plain_one()
    {
        using var random = new Randomness(1, CPU);
        string[] HeadOf(PictureArchitecture architecture)
        {
            using var network = new PictureClassifier(architecture.Build(3, 0, random, exact), null, 2, random, exact);
            return [.. network.state_dict().Keys.Where(key => key.StartsWith("head.", StringComparison.Ordinal) && key.EndsWith("weight", StringComparison.Ordinal))];
        }

        Assert.Equal(["head.hidden.weight", "head.hidden_norm.weight", "head.last.weight", "head.pooled_norm.weight"], HeadOf(new ResNet9 { Width = 4 }).Order());
        Assert.Equal(["head.1.weight"], HeadOf(transformer));
    }

    [Fact]
    public void A_head_that_pools_maps_is_refused_by_a_body_without_any()
    {
        using var random = new Randomness(1, CPU);
        using var body = transformer.Build(3, 0, random, exact);

        Assert.Contains("new PlainHead()", Assert.Throws<InputException>(() => new PictureClassifier(body, new ConcatPoolHead(), 2, random, exact)).Message);
    }

    [Fact]
    public void A_published_transformer_is_fine_tuned_without_a_word_about_its_head()
    {
        var published = new Pretrained
        {
            Name = "small transformer", Architecture = transformer, File = pictures.Folder["transformer.safetensors"], Classes = 0, Normalisation = Normalisation.PlusMinusOne, Size = 8,
        };
        using (var random = new Randomness(3, CPU))
        using (var network = transformer.Build(3, 0, random, exact)) Safetensors.Write(published.File, network.state_dict().Select(s => (s.Key, s.Value)));
        var rows = pictures.Rows(rows: 32);

        using var model = new PictureNet { From = published, Size = 8, Epochs = 2, LeastSteps = 0, BatchSize = 16 }.Fit(rows, null, Some.Context);

        Assert.Equal((32, 1), (model.Predict(rows).Rows, model.Predict(rows).Outputs));
    }
}
