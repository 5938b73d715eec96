using System.Runtime.CompilerServices;
using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Text;

/// <summary>Tiny checkpoints in the published format, their outputs worked out in NumPy (make_checkpoints.py).</summary>
public class EncoderTests
{
    public EncoderTests() => Libtorch.Load();

    [Theory]
    [InlineData("bert")]
    [InlineData("roberta")]
    [InlineData("electra")]
    [InlineData("distilbert")]
    [InlineData("deberta")]
    public void A_published_checkpoint_says_what_the_papers_formulas_say(string model)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            using var inference = inference_mode();
            using var network = Loaded(model);
            var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(model), "expected.json"))).RootElement;
            var mask = Of(expected.GetProperty("mask"), e => e.GetBoolean() ? 1L : 0).to(ScalarType.Bool);
            var found = network.call(Of(expected.GetProperty("tokens"), e => e.GetInt64()), Of(expected.GetProperty("types"), e => e.GetInt64()), mask)[mask];
            float[] output = [.. expected.GetProperty("output").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(v => v.GetSingle())];
            Assert.Equal(output.Length, found.numel());
            Assert.All(output.Zip(found.to(ScalarType.Float32).contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData("bert")]
    [InlineData("deberta")]
    public void Padding_changes_nothing(string model)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = Loaded(model);
        Tensor tokens = tensor(new long[] { 2, 7, 9, 3 }).view(1, 4), wider = tensor(new long[] { 2, 7, 9, 3, 0, 0 }).view(1, 6);
        var alone = network.call(tokens, zeros_like(tokens), ones_like(tokens).to(ScalarType.Bool));
        var padded = network.call(wider, zeros_like(wider), tensor(new[] { true, true, true, true, false, false }).view(1, 6));
        Assert.True(alone.allclose(padded.narrow(1, 0, 4), rtol: 1e-4, atol: 1e-5));
    }

    // Published sizes, without what only pretraining needs: BERT's pooler.
    [Theory]
    [InlineData("bert", 30522, 768, 12, 12, 3072, 512, 2, null, 109_482_240 - 590_592)]              // bert-base-uncased
    [InlineData("bert", 30522, 384, 6, 12, 1536, 512, 2, null, 22_713_216 - 147_840)]                // all-MiniLM-L6-v2
    [InlineData("electra", 30522, 256, 12, 4, 1024, 512, 2, 128, 13_548_800 - 65_792)]               // electra-small, without the head of pretraining
    [InlineData("distilbert", 30522, 768, 6, 12, 3072, 512, 0, null, 66_362_880)]                    // distilbert-base-uncased
    [InlineData("deberta-v2", 128100, 768, 6, 12, 3072, 512, 0, null, 141_304_320)]                  // deberta-v3-small
    [InlineData("deberta-v2", 128100, 768, 12, 12, 3072, 512, 0, null, 183_831_552)]                 // deberta-v3-base
    public void The_published_sizes_have_the_published_numbers_of_parameters(
        string type, int vocabulary, int hidden, int layers, int heads, int between, int positions, int types, int? embedding, long parameters)
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, CPU);
        using var network = EncoderCheckpoint.Build(new()
        {
            ModelType = type, VocabSize = vocabulary, HiddenSize = hidden, NumHiddenLayers = layers, NumAttentionHeads = heads, IntermediateSize = between,
            MaxPositionEmbeddings = positions, TypeVocabSize = types, EmbeddingSize = embedding,
        }, random, new(TrainingPrecision.Float32));
        Assert.Equal(parameters, network.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Weights_of_another_size_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(0, CPU);
        var config = EncoderConfig.Read(Path.Combine(Folder("bert"), "config.json"));
        using var wider = EncoderCheckpoint.Build(config with { IntermediateSize = 32 }, random, new(TrainingPrecision.Float32));
        var said = Assert.Throws<InputException>(() => EncoderCheckpoint.Into(wider, Path.Combine(Folder("bert"), "model.safetensors"))).Message;
        Assert.Contains("intermediate.dense", said);
        using var deeper = EncoderCheckpoint.Build(config with { NumHiddenLayers = 3 }, random, new(TrainingPrecision.Float32));
        Assert.Contains("encoder.layer.2.", Assert.Throws<InputException>(() => EncoderCheckpoint.Into(deeper, Path.Combine(Folder("bert"), "model.safetensors"))).Message);
    }

    [Theory]
    [InlineData("{ \"model_type\": \"bert\", \"hidden_size\": 10, \"num_attention_heads\": 4 }", "multiple")]
    [InlineData("not json", "config.json")]
    [InlineData("{ \"hidden_size\": 0 }", "at least 1")]
    [InlineData("{ \"model_type\": \"deberta-v2\", \"type_vocab_size\": 0, \"conv_kernel_size\": 3 }", "third version")]
    public void What_is_no_config_is_said(string text, string part)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        Assert.Contains(part, Assert.Throws<InputException>(() => EncoderConfig.Read(file)).Message);
        File.Delete(file);
    }

    static TextEncoderNetwork Loaded(string model)
    {
        using var random = new Randomness(0, CPU);
        var network = EncoderCheckpoint.Build(EncoderConfig.Read(Path.Combine(Folder(model), "config.json")), random, new(TrainingPrecision.Float32));
        EncoderCheckpoint.Into(network, Path.Combine(Folder(model), "model.safetensors"));
        network.eval();
        return network;
    }

    static Tensor Of(JsonElement rows, Func<JsonElement, long> number)
    {
        long[][] values = [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(number).ToArray())];
        return tensor(values.SelectMany(row => row).ToArray()).view(values.Length, values[0].Length);
    }

    static string Folder(string model, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "checkpoints", model);
}
