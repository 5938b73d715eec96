using System.Runtime.CompilerServices;
using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text.LanguageModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Text.LanguageModels;

/// <summary>A tiny language model under fastai's names, its outputs worked out in NumPy (make_language_model.py).</summary>
public class AwdLstmTests
{
    static readonly AwdLstmSizes Tiny = new() { Embedding = 6, Hidden = 8, Layers = 3 };

    public AwdLstmTests() => Libtorch.Load();

    [Fact]
    public void A_published_language_model_says_what_the_lstms_formulas_say_at_once_and_stretch_by_stretch()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            using var inference = inference_mode();
            using var random = new Randomness(0, CPU);
            var words = LanguageTokens.Read(Path.Combine(Folder, "words.txt"));
            var body = new AwdLstm(words.Words.Count, Tiny, new(), random);
            using var network = new LanguageModelNetwork(body, 0.1);
            LanguageWeights.Into(network, body, Folder, words);
            network.eval();
            var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement;
            long[] lines = [.. expected.GetProperty("lines").EnumerateArray().SelectMany(l => l.EnumerateArray()).Select(v => v.GetInt64())];
            float[] logits = [.. expected.GetProperty("logits").EnumerateArray().SelectMany(l => l.EnumerateArray()).SelectMany(s => s.EnumerateArray()).Select(v => v.GetSingle())];
            var all = tensor(lines).view(2, 7);
            Tensor Said(Tensor stretch, bool begins) => network.Logits(network.call([stretch, full(2, begins ? 1L : 0L, dtype: ScalarType.Int64)]));

            Same(logits, Said(all, true));
            Same(logits, cat([Said(all.narrow(1, 0, 3), true), Said(all.narrow(1, 3, 4), false)], 1));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_word_that_was_not_published_gets_the_mean_of_all()
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, CPU);
        var words = LanguageTokens.Learn([["quake", "fire", "quake"]], minTimes: 1, most: 100);
        var body = new AwdLstm(words.Words.Count, Tiny, new(), random);
        using var network = new LanguageModelNetwork(body, 0.1);
        LanguageWeights.Into(network, body, Folder, words);
        var published = Kaggle.Deep.Checkpoints.Safetensors.Read(Path.Combine(Folder, "model.safetensors"))["0.encoder.weight"];
        using var untracked = no_grad();

        Assert.True(body.Words[words.Numbers(["quake"])[0]].allclose(published.mean([0])));
        Assert.True(body.Words[words.Numbers(["fire"])[0]].allclose(published[9]));
    }

    [Fact]
    public void The_published_size_has_the_published_number_of_weights()
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, CPU);
        using var body = new AwdLstm(1000, new(), new(), random);
        // fastai's summary of its three LSTMs (400 → 1152 → 1152 → 400), and the words' vectors.
        Assert.Equal(7_160_832 + 10_626_048 + 2_486_400 + 1000 * 400, body.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void A_folder_without_words_is_said()
    {
        var empty = Directory.CreateTempSubdirectory("language-");
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, CPU);
        var body = new AwdLstm(8, Tiny, new(), random);
        using var network = new LanguageModelNetwork(body, 0.1);
        Assert.Contains("words.txt", Assert.Throws<InputException>(() => LanguageWeights.Into(network, body, empty.FullName, LanguageTokens.Learn([], 1, 10))).Message);
        empty.Delete();
    }

    static void Same(float[] expected, Tensor found)
    {
        Assert.Equal(expected.Length, found.numel());
        Assert.All(expected.Zip(found.contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }

    static string Folder => Path.Combine(Here(), "checkpoint");

    static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
