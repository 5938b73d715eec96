using System.Runtime.CompilerServices;
using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Text;

public sealed class MaskedLanguageTests : IDisposable
{
    static readonly string[] Subjects = ["cat", "dog", "bird", "fish"], Verbs = ["meows", "barks", "sings", "swims"], Places = ["home", "outside", "here", "there"];

    readonly string folder = Directory.CreateTempSubdirectory("masked-").FullName;

    public MaskedLanguageTests()
    {
        Libtorch.Load();
        foreach (var name in new[] { "config.json", "model.safetensors" }) File.Copy(Path.Combine(Published, name), Path.Combine(folder, name));
        string[] words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Subjects, .. Verbs, .. Places, "the", "now"];
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), [.. words, .. Enumerable.Range(0, 40 - words.Length).Select(i => $"[unused{i}]")]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Each animal has its own voice: a hidden word follows from the others.</summary>
    static string[] Sentences(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(4)).Select(who => $"the {Subjects[who]} {Verbs[who]} {Places[random.Next(4)]} now")];
    }

    [Fact]
    public void The_loss_of_a_published_head_is_what_the_papers_formulas_say()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var random = new Randomness(0, CPU);
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Published, "expected.json"))).RootElement;
        using var network = Network(random, Path.Combine(folder, "model.safetensors"), out var hasHead);
        long[][] tokens = Rows(expected.GetProperty("tokens")), types = Rows(expected.GetProperty("types"));
        var mask = expected.GetProperty("mask").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(e => e.GetBoolean()).ToArray();
        var target = full(2, 7, MaskedLanguageNetwork.NotAsked, dtype: ScalarType.Int64);
        foreach (var place in expected.GetProperty("asked").GetProperty("places").EnumerateArray())
            target[place[0].GetInt32(), place[1].GetInt32()] = place[2].GetInt64();
        var batch = new TrainingBatch([Of(tokens), Of(types), tensor(mask).view(2, 7)], target);

        Assert.True(hasHead);
        Assert.Equal(expected.GetProperty("asked").GetProperty("loss").GetDouble(), network.LossOf(network.call(batch.Inputs), batch).item<float>(), 2e-5);
    }

    [Fact]
    public void Three_in_twenty_tokens_are_asked_for_and_eight_in_ten_of_them_masked()
    {
        var texts = Enumerable.Range(0, 400).Select(_ => new EncodedText([2, .. Enumerable.Repeat(7, 30), 3], new int[32], [(0, 0), .. Enumerable.Repeat((0, 1), 30), (0, 0)])).ToArray();
        using var rows = new TokenRows(texts, 0, zeros(400, 1).DetachFromDisposeScope(), null);
        using var batch = new MaskedTokens(rows, (text, token) => texts[text].Places[token].Length == 0, mask: 4, vocabulary: 40, share: 0.15).Read([.. Enumerable.Range(0, 400)], seed: 5);
        var tokens = batch.Inputs[0].data<long>().ToArray();
        var target = batch.Target.data<long>().ToArray();
        int[] asked = [.. Enumerable.Range(0, target.Length).Where(i => target[i] != MaskedLanguageNetwork.NotAsked)];

        Assert.InRange(asked.Length / 12000.0, 0.14, 0.16);
        Assert.All(asked, i => Assert.Equal(7, target[i]));
        Assert.DoesNotContain(asked, i => i % 32 is 0 or 31);
        Assert.InRange(asked.Count(i => tokens[i] == 4) / (double)asked.Length, 0.77, 0.84);
        Assert.InRange(asked.Count(i => tokens[i] == 7) / (double)asked.Length, 0.08, 0.13);
    }

    [Fact]
    public void Reading_texts_teaches_which_word_is_missing_and_is_done_once()
    {
        var cache = Path.Combine(folder, "cache");
        var pretraining = new MaskedLanguage { Epochs = 40, BatchSize = 16, LearningRate = 1e-2, Precision = TrainingPrecision.Float32 };
        var file = pretraining.Adapt(folder, Sentences(160, 1), cache, new() { Seed = 3 });

        // Does the mask's vector know whose voice is missing?
        Assert.True(Separation(file) > 2 * Separation(Path.Combine(folder, "model.safetensors")), $"{Separation(file)} against {Separation(Path.Combine(folder, "model.safetensors"))}");

        var written = File.GetLastWriteTimeUtc(file);
        Assert.Equal(file, pretraining.Adapt(folder, Sentences(160, 1).Reverse(), cache, new() { Seed = 3 }));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.NotEqual(file, (pretraining with { Epochs = 1 }).Adapt(folder, Sentences(160, 1), cache, new() { Seed = 3 }));
    }

    [Fact]
    public void A_fine_tuned_encoder_begins_with_what_was_learned_from_texts()
    {
        var texts = Sentences(60, 1);
        var rows = new Dataset([new TextColumn("text", texts)], new(Target.Binary("y"), new(texts.Select(t => t.Contains("cat") || t.Contains("dog") ? 1f : 0f).ToArray(), 1), ["no", "yes"]));
        float[] Said(MaskedLanguage? pretraining, Dataset? test)
        {
            var learner = new FineTunedEncoder(folder) { Epochs = 1, Precision = TrainingPrecision.Float32, Pretraining = pretraining };
            using var model = learner.Fit(rows, null, new() { Seed = 1, Unlabelled = test });
            return model.Predict(rows).Values.Values.ToArray();
        }
        var pretraining = new MaskedLanguage { Epochs = 4, LearningRate = 1e-3, Precision = TrainingPrecision.Float32 };
        Assert.NotEqual(Said(null, null), Said(pretraining, null));
        Assert.NotEqual(Said(pretraining, null), Said(pretraining, new([new TextColumn("text", Sentences(30, 9).Select(text => $"{text} the").ToArray())])));
    }

    /// <summary>How far apart the four animals' masks are, in units of how far one animal's masks are.</summary>
    double Separation(string weights)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var random = new Randomness(0, CPU);
        using var network = Network(random, weights, out _);
        var tokenizer = EncoderTokenizer.Read(folder);
        var vectors = Enumerable.Range(0, 4).Select(who => Places.Select(place =>
        {
            long[] ids = [.. tokenizer.Encode($"the {Subjects[who]} {Verbs[who]} {place} now", null, 16).Ids.Select((id, at) => at == 3 ? tokenizer.Mask!.Value : (long)id)];
            var tokens = tensor(ids).view(1, -1);
            return network.call([tokens, zeros_like(tokens), ones_like(tokens).to(ScalarType.Bool)])[0, 3].data<float>().ToArray();
        }).ToArray()).ToArray();
        double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Pow(x - y, 2)).Sum();
        var within = vectors.Average(own => own.Average(a => own.Average(b => Distance(a, b))));
        return vectors.Average(own => vectors.Average(other => own.Zip(other, Distance).Average())) / within;
    }

    MaskedLanguageNetwork Network(Randomness random, string weights, out bool hasHead)
    {
        var body = EncoderCheckpoint.Build(EncoderConfig.Read(Path.Combine(folder, "config.json")), random, new(TrainingPrecision.Float32));
        EncoderCheckpoint.Into(body, weights);
        var network = new MaskedLanguageNetwork(body, random, new(TrainingPrecision.Float32));
        hasHead = network.LoadHead(weights);
        network.eval();
        return network;
    }

    static long[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(e => e.GetInt64()).ToArray())];

    static Tensor Of(long[][] rows) => tensor(rows.SelectMany(row => row).ToArray()).view(rows.Length, rows[0].Length);

    static string Published => Path.Combine(Here(), "checkpoints", "bert");

    static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
