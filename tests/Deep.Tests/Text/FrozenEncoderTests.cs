using System.Runtime.CompilerServices;
using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;
using Microsoft.Data.Analysis;

namespace Kaggle.Tests.Deep.Text;

public sealed class FrozenEncoderTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("frozen-").FullName;

    public FrozenEncoderTests()
    {
        Libtorch.Load();
        foreach (var name in new[] { "config.json", "model.safetensors" }) File.Copy(Path.Combine(Published, name), Path.Combine(folder, name));
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. Enumerable.Range(4, 35).Select(Word), "[MASK]"]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    FrozenEncoder Encoder => new(folder) { Cache = Path.Combine(folder, "cache"), Precision = TrainingPrecision.Float32 };

    static string Word(int id) => $"t{(char)('a' + id % 26)}{(char)('a' + id / 26)}";

    [Fact]
    public void A_texts_vector_is_the_mean_of_what_the_published_network_says_of_its_tokens()
    {
        // Of make_checkpoints.py: [CLS] 12 4 [SEP], the second row, after seven tokens of the first.
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Published, "expected.json"))).RootElement.GetProperty("output").EnumerateArray()
            .Skip(7).Select(token => token.EnumerateArray().Select(v => v.GetSingle()).ToArray()).ToArray();
        var found = Encoder.Vectors([$"{Word(12)} {Word(4)}"]);
        Assert.Equal(expected[0].Length, found.Columns);
        for (var k = 0; k < found.Columns; k++) Assert.Equal(expected.Average(token => token[k]), found[0, k], 2e-5f);
        var first = (Encoder with { Pooling = TokenPooling.First }).Vectors([$"{Word(12)} {Word(4)}"]);
        for (var k = 0; k < first.Columns; k++) Assert.Equal(expected[0][k], first[0, k], 2e-5f);
    }

    [Fact]
    public void Known_texts_are_not_computed_again()
    {
        string?[] texts = [Word(5), Word(6), null, Word(5)];
        var found = Encoder.Vectors(texts).Values.ToArray();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "cache")));
        Assert.Equal(4 + 3 * (32 + 4 * 16), new FileInfo(file).Length);                  // three different texts

        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(4 + 32, 4).Clear();                                                 // the first number of the first vector: the shortest text's
        File.WriteAllBytes(file, bytes);
        var again = Encoder.Vectors([.. texts, Word(7)]).Values.ToArray();
        Assert.NotEqual(0, found[2 * 16]);
        Assert.Equal(0, again[2 * 16]);
        Assert.Equal(found[..32], again[..32]);
        Assert.Equal(4 + 4 * (32 + 4 * 16), new FileInfo(file).Length);
    }

    [Fact]
    public void Other_weights_have_vectors_of_their_own()
    {
        var found = Encoder.Vectors([Word(5)]).Values.ToArray();
        File.Copy(Path.Combine(Published, "..", "deberta", "model.safetensors"), Path.Combine(folder, "model.safetensors"), overwrite: true);
        File.Copy(Path.Combine(Published, "..", "deberta", "config.json"), Path.Combine(folder, "config.json"), overwrite: true);
        Assert.NotEqual(found, Encoder.Vectors([Word(5)]).Values.ToArray());
    }

    [Fact]
    public void Vectors_become_columns()
    {
        var frame = new DataFrame().With("text", [Word(5), $"{Word(6)} {Word(7)}"]).With("other", [Word(8), null]);
        frame.WithEmbeddings("text", Encoder, second: "other");
        Assert.Equal(2 + 16, frame.Columns.Count);
        Assert.Equal(Encoder.Vectors([Word(5)], [Word(8)])[0, 3], frame.Numbers("text embedding 4")[0], 1e-6);
    }

    [Fact]
    public void A_folder_without_weights_is_said()
    {
        File.Delete(Path.Combine(folder, "model.safetensors"));
        Assert.Contains("model.safetensors", Assert.Throws<InputException>(() => Encoder.Vectors(["x"])).Message);
    }

    static string Published => Path.Combine(Here(), "checkpoints", "bert");

    static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
