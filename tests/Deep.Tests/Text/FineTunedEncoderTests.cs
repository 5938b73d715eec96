using System.Runtime.CompilerServices;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;

namespace Kaggle.Tests.Deep.Text;

public sealed class FineTunedEncoderTests : TellingWords
{
    public FineTunedEncoderTests()
    {
        Libtorch.Load();
        var tiny = Path.Combine(Here(), "checkpoints", "bert");
        foreach (var name in new[] { "config.json", "model.safetensors" }) File.Copy(Path.Combine(tiny, name), Path.Combine(Folder, name));
        File.WriteAllLines(Path.Combine(Folder, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Words, .. Enumerable.Range(0, 40 - 5 - Words.Length).Select(i => $"[unused{i}]")]);
    }

    FineTunedEncoder Encoder => new(Folder) { Epochs = 12, BatchSize = 16, LearningRate = 5e-3, LayerDecay = 0.9, MostTokens = 16, Precision = TrainingPrecision.Float32 };

    protected override ILearner Learner => Encoder;

    protected override ILearner Hasty => Encoder with { Epochs = 1 };

    [Theory]
    [InlineData(TokenPooling.First)]
    [InlineData(TokenPooling.Attention)]
    public void Every_pooling_learns(TokenPooling pooling)
    {
        var numbers = AsNumbers(Texts(40, 1));
        using var model = (Encoder with { Epochs = 1, Pooling = pooling, DropoutSamples = 3, FreshLayers = 1 }).Fit(numbers, null, new() { Seed = 3 });
        Assert.All(Said(model, numbers), value => Assert.InRange(value, 80, 130));
    }

    [Fact]
    public void Other_weights_in_the_folder_are_another_unit()
    {
        var before = UnitKey.Settings(Encoder).ToJsonString();
        Assert.Equal(before, UnitKey.Settings(Encoder).ToJsonString());
        var file = Path.Combine(Folder, "model.safetensors");
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.NotEqual(before, UnitKey.Settings(Encoder).ToJsonString());
    }

    [Fact]
    public void Activations_computed_twice_teach_the_same()
    {
        float[] Fitted(bool checkpointing)
        {
            using var model = (Encoder with { Epochs = 1, GradientCheckpointing = checkpointing }).Fit(Texts(60, 1), null, new() { Seed = 3, Threads = 1 });
            return Said(model, Texts(20, 2));
        }
        Assert.All(Fitted(false).Zip(Fitted(true)), both => Assert.Equal(both.First, both.Second, 1e-4f));
    }

    static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
