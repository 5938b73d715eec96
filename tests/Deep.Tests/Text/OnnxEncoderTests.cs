using Kaggle.Core.Data;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;
using Microsoft.Data.Analysis;

namespace Kaggle.Tests.Deep.Text;

/// <summary>A small model (<see cref="OnnxTextFile"/>) whose vectors can be added up by hand.</summary>
public sealed class OnnxEncoderTests : IDisposable
{
    const int Width = 3;

    static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fire", "flood", "song", "town"];

    static readonly float[] Words = [.. Enumerable.Range(0, Vocabulary.Length * Width).Select(i => i * i % 7 - 2.5f)], Types = [0.25f, 0, -0.25f, 1, 2, 3];

    readonly string folder = Directory.CreateTempSubdirectory("onnx-text-").FullName;

    public OnnxEncoderTests()
    {
        Libtorch.Load();
        OnnxTextFile.Write(Model, Words, Types, Width);
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Vocabulary);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Model => Path.Combine(folder, "model.onnx");

    OnnxEncoder Encoder => new(Model) { Cache = Path.Combine(folder, "cache") };

    /// <summary>The mean over tokens of the word's vector and its type's.</summary>
    static float[] ByHand(params (string Token, int Type)[] tokens) =>
        [.. Enumerable.Range(0, Width).Select(k => tokens.Average(t => Words[Array.IndexOf(Vocabulary, t.Token) * Width + k] + Types[t.Type * Width + k]))];

    [Fact]
    public void A_texts_vector_is_the_mean_over_its_own_tokens()
    {
        string?[] texts = ["fire", "flood town song fire", null];
        var found = Encoder.Vectors(texts);
        Near(ByHand(("[CLS]", 0), ("fire", 0), ("[SEP]", 0)), found.Row(0));
        Near(ByHand(("[CLS]", 0), ("flood", 0), ("town", 0), ("song", 0), ("fire", 0), ("[SEP]", 0)), found.Row(1));
        Near(ByHand(("[CLS]", 0), ("[SEP]", 0)), found.Row(2));
    }

    [Fact]
    public void Two_texts_are_told_apart_by_their_types() =>
        Near(ByHand(("[CLS]", 0), ("fire", 0), ("[SEP]", 0), ("town", 1), ("[SEP]", 1)), Encoder.Vectors(["fire"], ["town"]).Row(0));

    [Fact]
    public void The_first_token_can_stand_for_the_text_and_a_vector_of_the_text_is_taken_as_it_is()
    {
        Near(ByHand(("[CLS]", 0)), (Encoder with { Pooling = TokenPooling.First }).Vectors(["song"]).Row(0));
        float[] sum = Array.ConvertAll(ByHand(("[CLS]", 0), ("song", 0), ("[SEP]", 0)), mean => 3 * mean);
        Near(sum, (Encoder with { Output = "sum" }).Vectors(["song", "song fire flood"]).Row(0));
    }

    [Fact]
    public void A_model_without_types_is_not_given_any()
    {
        OnnxTextFile.Write(Model, Words, [], Width);
        var found = Encoder.Vectors(["fire"]).Row(0);
        for (var k = 0; k < Width; k++) Assert.Equal((Words[2 * Width + k] + Words[5 * Width + k] + Words[3 * Width + k]) / 3, found[k], 1e-5f);
    }

    [Fact]
    public void Vectors_are_kept_by_the_models_content_and_become_columns()
    {
        var before = Encoder.Vectors(["fire", "town", "fire"]).Values.ToArray();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "cache")));
        Assert.Equal(4 + 2 * (32 + 4 * Width), new FileInfo(file).Length);
        Assert.Equal(before, Encoder.Vectors(["fire", "town", "fire"]).Values.ToArray());

        var frame = new DataFrame().With("text", ["fire", "town"]);
        frame.WithEmbeddings("text", Encoder);
        Assert.Equal(before[Width + 1], frame.Numbers("text embedding 2")[1], 1e-6);

        OnnxTextFile.Write(Model, Array.ConvertAll(Words, w => 2 * w), Types, Width);
        Assert.NotEqual(before, Encoder.Vectors(["fire", "town", "fire"]).Values.ToArray());
    }

    [Fact]
    public void No_texts_have_no_vectors_of_the_same_width() => Assert.Equal((0, Width), (Encoder.Vectors([]).Rows, Encoder.Vectors([]).Columns));

    [Fact]
    public void The_tokenizer_may_lie_in_the_folder_above()
    {
        var inner = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "onnx")).FullName, "model.onnx");
        File.Move(Model, inner);
        Near(ByHand(("[CLS]", 0), ("fire", 0), ("[SEP]", 0)), (Encoder with { File = inner }).Vectors(["fire"]).Row(0));
    }

    [Fact]
    public void What_is_wrong_with_it_is_a_sentence()
    {
        Assert.Contains("no ONNX model at", Said(Encoder with { File = Path.Combine(folder, "lost.onnx") }));
        Assert.Contains("has no output 'pooled'; its outputs are 'sum' (?, 3) Float", Said(Encoder with { Output = "pooled" }));

        File.AppendAllLines(Path.Combine(folder, "vocab.txt"), ["river"]);                 // a vocabulary that is not the model's
        Assert.Contains("cannot be computed", Said(Encoder, "river"));

        OnnxTextFile.Write(Model, Words, Types, Width, tokens: "pixel_values");
        Assert.Contains("is no text encoder: input_ids", Said(Encoder));
        Assert.Contains("it takes 'pixel_values' (?, ?) Int64", Said(Encoder));

        File.WriteAllText(Model, "no model");
        Assert.Contains("cannot be run as an ONNX model", Said(Encoder));
        File.Delete(Path.Combine(folder, "vocab.txt"));
        Assert.Contains("holds no tokenizer", Said(Encoder));
    }

    static string Said(OnnxEncoder encoder, string text = "fire") => Assert.Throws<InputException>(() => encoder.Vectors([text])).Message;

    static void Near(float[] expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], found[k], 1e-5f);
    }
}
