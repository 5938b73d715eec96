using Kaggle.Core.Data;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text.LanguageModels;
using TorchSharp;

namespace Kaggle.Tests.Deep.Text.LanguageModels;

public sealed class UlmfitTests : IDisposable
{
    static readonly string[] Words = ["fire", "flood", "smoke", "storm", "song", "movie", "lunch", "game", "the", "a", "is", "on", "near", "my", "town"];

    readonly string folder = Directory.CreateTempSubdirectory("ulmfit-").FullName;

    public UlmfitTests() => Libtorch.Load();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static LanguageModel Language => new() { Sizes = new() { Embedding = 16, Hidden = 24, Layers = 2 }, Epochs = 4, BatchSize = 8, Stretch = 16, LearningRate = 0.02, MinTimes = 1, DropFactor = 0.3 };

    static Ulmfit Learner => new() { Language = Language, Epochs = 12, BatchSize = 16, LearningRate = 0.01, DropFactor = 0.1 };

    /// <summary>Four words of disaster, four of leisure, and fillers around one of them.</summary>
    static Dataset Texts(int rows, int seed)
    {
        var random = new Random(seed);
        var (texts, truth) = (new string?[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var word = random.Next(8);
            truth[row] = word < 4 ? 1 : 0;
            string[] around = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Words[random.Next(8, Words.Length)])];
            texts[row] = string.Join(' ', around.Append(Words[word]).OrderBy(_ => random.Next()));
        }
        return new([new TextColumn("text", texts)], new(Target.Binary("y"), new(truth, 1), ["no", "yes"]));
    }

    [Fact]
    public void A_language_model_learns_what_follows_what_and_is_kept()
    {
        // Words that always follow one another: nothing is left to guess but what a line begins with.
        List<string>[] texts = [.. Enumerable.Range(0, 120).Select(_ => LanguageTokens.Split("one two three four five six"))];
        var learned = (Language with { Epochs = 12 }).Learn(texts, folder, new() { Seed = 2 });
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
        Assert.Equal(learned, (Language with { Epochs = 12 }).Learn(texts, folder, new() { Seed = 2 }));
        Assert.Equal(written, File.GetLastWriteTimeUtc(learned));
    }

    [Fact]
    public void It_learns_which_words_matter_and_remembers_it_when_loaded()
    {
        var (train, later) = (Texts(240, 1), Texts(120, 2));
        using var model = Learner.Fit(train, null, new() { Seed = 3 });
        var said = model.Predict(later).Values.Values.ToArray();
        Assert.InRange(said.Zip(later.Answers.Truth.Values.ToArray(), (p, y) => (p > 0.5) == (y == 1) ? 1 : 0).Average(), 0.95, 1);
        model.Save(folder);
        using var loaded = Learner.Load(folder, new());
        Assert.Equal(said, loaded.Predict(later).Values.Values.ToArray());
        Assert.Equal(said[7], model.Predict(later.Take([7]))[0, 0], 1e-5f);
    }

    [Fact]
    public void The_same_seed_gives_the_same_and_strange_texts_are_no_error()
    {
        float[] Fitted()
        {
            using var model = (Learner with { Epochs = 1 }).Fit(Texts(60, 1), null, new() { Seed = 3 });
            string?[] strange = [null, "", "😀", new string('x', 10_000_000), "\uD83D", "fire"];
            return model.Predict(new([new TextColumn("text", strange)])).Values.Values.ToArray();
        }
        var first = Fitted();
        Assert.Equal(first, Fitted());
        Assert.All(first, chance => Assert.InRange(chance, 0, 1));
    }

    [Fact]
    public void Numbers_and_classes_are_learned_too()
    {
        var rows = Texts(40, 1);
        var numbers = rows.WithTarget(new(Target.Number("v"), rows.Answers.Truth.Map(y => 100 + 10 * y)));
        using (var model = (Learner with { Epochs = 1 }).Fit(numbers, null, new() { Seed = 3 }))
            Assert.All(model.Predict(numbers).Values.Values.ToArray(), value => Assert.InRange(value, 70, 140));
        var classes = rows.WithTarget(new(Target.Classes("k"), rows.Answers.Truth, ["a", "b", "c"]));
        using (var model = (Learner with { Epochs = 1 }).Fit(classes, null, new() { Seed = 3 }))
            Assert.Equal(3, model.Predict(classes).Outputs);
    }
}
