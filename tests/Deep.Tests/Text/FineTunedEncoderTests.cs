using System.Runtime.CompilerServices;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;

namespace Kaggle.Tests.Deep.Text;

public sealed class FineTunedEncoderTests : IDisposable
{
    static readonly string[] Words = ["fire", "flood", "smoke", "storm", "song", "movie", "lunch", "game", "the", "a", "is", "on", "near", "my", "town"];

    readonly string folder = Directory.CreateTempSubdirectory("encoder-").FullName;

    public FineTunedEncoderTests()
    {
        Libtorch.Load();
        var tiny = Path.Combine(Here(), "checkpoints", "bert");
        foreach (var name in new[] { "config.json", "model.safetensors" }) File.Copy(Path.Combine(tiny, name), Path.Combine(folder, name));
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Words, .. Enumerable.Range(0, 40 - 5 - Words.Length).Select(i => $"[unused{i}]")]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    FineTunedEncoder Learner => new(folder) { Epochs = 12, BatchSize = 16, LearningRate = 5e-3, LayerDecay = 0.9, MostTokens = 16, Precision = TrainingPrecision.Float32 };

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
    public void It_learns_which_words_matter_and_remembers_it_when_loaded()
    {
        var (train, later) = (Texts(240, 1), Texts(120, 2));
        using var model = Learner.Fit(train, null, new() { Seed = 3 });
        var said = model.Predict(later).Values.Values.ToArray();
        Assert.InRange(said.Zip(later.Answers.Truth.Values.ToArray(), (p, y) => (p > 0.5) == (y == 1) ? 1 : 0).Average(), 0.95, 1);

        var saved = Directory.CreateDirectory(Path.Combine(folder, "saved")).FullName;
        model.Save(saved);
        using var loaded = Learner.Load(saved, new());
        Assert.Equal(said, loaded.Predict(later).Values.Values.ToArray());
    }

    [Fact]
    public void The_same_seed_gives_the_same()
    {
        float[] Fitted()
        {
            using var model = (Learner with { Epochs = 1 }).Fit(Texts(60, 1), null, new() { Seed = 3 });
            return model.Predict(Texts(20, 2)).Values.Values.ToArray();
        }
        Assert.Equal(Fitted(), Fitted());
    }

    [Theory]
    [InlineData(TokenPooling.First)]
    [InlineData(TokenPooling.Attention)]
    public void Every_pooling_learns_numbers_too(TokenPooling pooling)
    {
        var rows = Texts(40, 1);
        var numbers = rows.WithTarget(new(Target.Number("v"), rows.Answers.Truth.Map(y => 100 + 10 * y)));
        using var model = (Learner with { Epochs = 1, Pooling = pooling, DropoutSamples = 3, FreshLayers = 1 }).Fit(numbers, null, new() { Seed = 3 });
        Assert.All(model.Predict(numbers).Values.Values.ToArray(), value => Assert.InRange(value, 80, 130));
    }

    [Fact]
    public void Missing_empty_and_long_texts_are_no_error()
    {
        string?[] strange = [null, "", "😀", new string('x', 10_000_000), string.Concat(Enumerable.Repeat("fire and flood ", 700_000)), "\uD83D", "fire"];
        using var model = (Learner with { Epochs = 1 }).Fit(Texts(40, 1), null, new() { Seed = 3 });
        var said = model.Predict(new([new TextColumn("text", strange)])).Values.Values.ToArray();
        Assert.All(said, chance => Assert.InRange(chance, 0, 1));
    }

    [Fact]
    public void A_row_is_predicted_alone_as_among_others()
    {
        var later = Texts(30, 2);
        using var model = (Learner with { Epochs = 1 }).Fit(Texts(40, 1), null, new() { Seed = 3 });
        Assert.Equal(model.Predict(later)[7, 0], model.Predict(later.Take([7]))[0, 0], 1e-5f);
    }

    static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
