using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Deep.Checkpoints;

/// <summary>On a model that PyTorch exported (make_onnx.py), and on bytes written out.</summary>
public sealed class OnnxTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public OnnxTests() => Libtorch.Load();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Initialisers_are_read_by_name()
    {
        using var state = CheckpointFile.Read(Made());
        Assert.Equal(["conv.bias", "conv.weight", "fc.bias", "fc.weight"], state.Keys.Order());
        Assert.Equal([2, 3, 3, 3], state["conv.weight"].shape);
        Assert.Equal(Enumerable.Range(0, 54).Select(i => i / 10f - 1 + 0.11f), state["conv.weight"].data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData("3A 13 2A 11 08 02 10 01 22 08 00 00 80 3F 00 00 00 C0 42 01 61", "1,-2")]           // float_data, packed
    [InlineData("3A 13 2A 11 08 02 10 01 25 00 00 80 3F 25 00 00 00 C0 42 01 61", "1,-2")]           // float_data, one by one
    [InlineData("3A 0D 2A 0B 08 02 10 07 3A 02 05 07 42 01 61", "5,7")]                              // int64_data
    public void Numbers_in_typed_fields_are_read(string hex, string expected)
    {
        File.WriteAllBytes(file, Convert.FromHexString("0808" + hex.Replace(" ", "")));
        using var state = OnnxFile.Read(file);
        Assert.Equal(expected, string.Join(",", state["a"].to(torch.float32).data<float>().ToArray()));
    }

    [Theory]
    [InlineData("3A 0B 2A 09 08 02 10 01 4A 01 00 42 00", "claims")]                                 // two numbers, one byte
    [InlineData("3A 09 2A 07 08 01 10 63 4A 01 00", "type 99")]
    [InlineData("3A 7F", "damaged")]                                                                 // longer than the file
    [InlineData("3A 06 2A 04 6A 02 0A 00", "another file")]                                          // external data
    [InlineData("3A 00", "no initialisers")]
    [InlineData("", "no initialisers")]
    public void Damaged_models_are_sentences(string hex, string told)
    {
        File.WriteAllBytes(file, Convert.FromHexString("0808" + hex.Replace(" ", "")));
        Assert.Contains(told, Assert.Throws<InputException>(() => CheckpointFile.Read(file)).Message);
    }

    string Made()
    {
        using var stream = typeof(OnnxTests).Assembly.GetManifestResourceStream("small.onnx")!;
        using var to = File.Create(file);
        stream.CopyTo(to);
        return file;
    }
}
