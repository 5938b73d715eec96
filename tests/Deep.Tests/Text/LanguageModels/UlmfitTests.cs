using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text.LanguageModels;
using TorchSharp;

namespace Kaggle.Tests.Deep.Text.LanguageModels;

public sealed class UlmfitTests : TellingWords
{
    public UlmfitTests() => Libtorch.Load();

    static LanguageModel Language => new() { Sizes = new() { Embedding = 16, Hidden = 24, Layers = 2 }, Epochs = 4, BatchSize = 8, Stretch = 16, LearningRate = 0.02, MinTimes = 1, DropFactor = 0.3 };

    static Ulmfit Reader => new() { Language = Language, Epochs = 12, BatchSize = 16, LearningRate = 0.01, DropFactor = 0.1 };

    protected override ILearner Learner => Reader;

    protected override ILearner Hasty => Reader with { Epochs = 1 };

    [Fact]
    public void A_language_model_learns_what_follows_what_and_is_kept()
    {
        // Words that always follow one another: nothing is left to guess but what a line begins with.
        List<string>[] texts = [.. Enumerable.Range(0, 120).Select(_ => LanguageTokens.Split("one two three four five six"))];
        var learned = (Language with { Epochs = 12 }).Learn(texts, Folder, new() { Seed = 2 });
        var words = LanguageTokens.Read(Path.ChangeExtension(learned, ".words"));
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var random = new Kaggle.Deep.Layers.Randomness(0, torch.CPU);
        using var body = new AwdLstm(words.Words.Count, Language.Sizes, new(), random);
        using (var stored = Kaggle.Deep.Checkpoints.CheckpointFile.Read(learned)) stored.CopyInto(body);
        body.eval();
        var numbers = Array.ConvertAll(words.Numbers(texts[0]), n => (long)n);
        var said = torch.nn.functional.linear(body.Run(torch.tensor(numbers).view(1, -1)).Output, body.Words).argmax(-1)[0].data<long>().ToArray();
        Assert.Equal(numbers[2..], said[1..^1]);

        var written = File.GetLastWriteTimeUtc(learned);
        Assert.Equal(learned, (Language with { Epochs = 12 }).Learn(texts, Folder, new() { Seed = 2 }));
        Assert.Equal(written, File.GetLastWriteTimeUtc(learned));
    }
}
