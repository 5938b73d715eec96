using System.Text;
using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Deep.Checkpoints;

public class SafetensorsTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public SafetensorsTests() => Libtorch.Load();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void What_was_written_is_read()
    {
        using var scope = torch.NewDisposeScope();
        Safetensors.Write(file,
        [
            ("weight", torch.arange(6, torch.float32).view(2, 3)), ("empty", torch.zeros(0, 4)), ("scalar", torch.tensor(7L)),
            ("half", torch.ones(3, torch.bfloat16)),
        ], new Dictionary<string, string> { ["by"] = "a test" });
        var read = Safetensors.Read(file, out var texts);
        Assert.Equal("a test", texts["by"]);
        Assert.Equal([2, 3], read["weight"].shape);
        Assert.Equal([0f, 1, 2, 3, 4, 5], read["weight"].data<float>().ToArray());
        Assert.Equal([0, 4], read["empty"].shape);
        Assert.Equal(7, read["scalar"].item<long>());
        Assert.Equal(torch.bfloat16, read["half"].dtype);
        foreach (var tensor in read.Values) tensor.Dispose();
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var scope = torch.NewDisposeScope();
        Safetensors.Write(file, [("a", torch.tensor(new[] { 1f, 2f }))]);
        var bytes = File.ReadAllBytes(file);
        var length = (int)BitConverter.ToInt64(bytes);
        Assert.Equal("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(bytes, 8, length).TrimEnd());
        Assert.Equal([1f, 2f], new[] { BitConverter.ToSingle(bytes, 8 + length), BitConverter.ToSingle(bytes, 12 + length) });
        Assert.Equal(8 + length + 8, bytes.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,-8]}}")]
    [InlineData("{\"a\":3}")]
    [InlineData("[")]
    public void A_damaged_file_is_a_sentence(string header)
    {
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header)]);
        Assert.Contains(file, Assert.Throws<InputException>(() => Safetensors.Read(file)).Message);
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", "begins at byte 4")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}", "begins at byte 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "12 follow")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,12]}}", "does not fit")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,12]}}", "cannot be read")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[12,12]}}", "cannot be read")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[12,0]}}", "no beginning and end")]
    [InlineData(" {}", "begin with {")]
    public void Tensors_that_overlap_hide_or_claim_more_are_a_sentence(string header, string told)
    {
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[12]]);
        Assert.Contains(told, Assert.Throws<InputException>(() => Safetensors.Read(file)).Message);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_not_asked_memory_for()
    {
        File.WriteAllBytes(file, [.. BitConverter.GetBytes(90_000_000L), .. "{}"u8]);
        Assert.Contains("claims 90000000", Assert.Throws<InputException>(() => Safetensors.Read(file)).Message);
    }
}
