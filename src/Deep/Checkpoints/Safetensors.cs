using System.Buffers.Binary;
using System.Text.Json;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Named tensors in a file that holds nothing else: no code, no pickles.</summary>
/// <remarks>The safetensors format: 8 bytes length, a JSON header, the tensors' bytes in little-endian order.</remarks>
public static class Safetensors
{
    const long LongestHeader = 100_000_000;                          // the format's own limit

    static readonly (string Name, ScalarType Type, int Size)[] types =
    [
        ("F32", ScalarType.Float32, 4), ("F64", ScalarType.Float64, 8), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <param name="file">Overwritten, under a temporary name first.</param>
    /// <param name="tensors">On any device.</param>
    /// <param name="metadata">Texts to keep beside them.</param>
    public static void Write(string file, IEnumerable<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var all = tensors.Select(t => (t.Name, Value: t.Value.detach().cpu().contiguous())).ToList();
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (var (name, value) in all)
            {
                var (type, _, size) = types.FirstOrDefault(t => t.Type == value.dtype);
                if (type is null) throw new NotSupportedException($"Tensors of {value.dtype} have no place in a safetensors file ('{name}').");
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (var length in value.shape) json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += value.numel() * size);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (header.Length % 8 != 0) header.WriteByte((byte)' ');      // tensors start aligned

        var temporary = $"{file}.{Path.GetRandomFileName()}.tmp";
        using (var stream = File.Create(temporary))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            header.WriteTo(stream);
            foreach (var (_, value) in all)
                if (value.numel() > 0) stream.Write(value.bytes);
        }
        File.Move(temporary, file, overwrite: true);
    }

    /// <returns>The tensors by name, on the CPU; the caller owns them.</returns>
    /// <exception cref="InputException">The file is not in the format, or is cut short.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string file) => Read(file, out _);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="metadata">The texts beside the tensors.</param>
    /// <param name="file">The file.</param>
    public static IReadOnlyDictionary<string, Tensor> Read(string file, out IReadOnlyDictionary<string, string> metadata)
    {
        if (!File.Exists(file)) throw new InputException($"There is no file {file}.");
        using var stream = File.OpenRead(file);
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw Damaged(file, "it is shorter than 8 bytes");
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length < 2 || length > LongestHeader || length > stream.Length - 8) throw Damaged(file, $"its header claims {length} bytes");
        var header = new byte[length];
        stream.ReadExactly(header);
        if (header[0] != '{') throw Damaged(file, "its header does not begin with {");
        var tensors = new Dictionary<string, Tensor>();
        var texts = new Dictionary<string, string>();
        metadata = texts;
        try
        {
            using var json = JsonDocument.Parse(header, new() { AllowDuplicateProperties = false });
            Cover(json.RootElement, stream.Length - 8 - length, file);
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                {
                    foreach (var text in entry.Value.EnumerateObject()) texts[text.Name] = text.Value.GetString() ?? "";
                    continue;
                }
                tensors.Add(entry.Name, ReadOne(stream, 8 + length, entry, file));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or InputException)
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw e as InputException ?? Damaged(file, $"its header cannot be read ({e.Message})");
        }
        return tensors;
    }

    // Each byte belongs to one tensor, as the format demands: nothing is hidden between them, and none shares another's.
    static void Cover(JsonElement header, long bytes, string file)
    {
        var spans = header.EnumerateObject().Where(e => e.Name != "__metadata__")
            .Select(e => (e.Name, Offsets: e.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64()).ToArray()))
            .OrderBy(e => e.Offsets.FirstOrDefault()).ThenBy(e => e.Offsets.LastOrDefault());
        var end = 0L;
        foreach (var (name, offsets) in spans)
        {
            if (offsets.Length != 2 || offsets[1] < offsets[0]) throw Damaged(file, $"tensor '{name}' has no beginning and end");
            if (offsets[0] != end) throw Damaged(file, $"tensor '{name}' begins at byte {offsets[0]}, where the one before it ends at {end}");
            end = offsets[1];
        }
        if (end != bytes) throw Damaged(file, $"its tensors take {end} bytes and {bytes} follow the header");
    }

    static Tensor ReadOne(FileStream stream, long data, JsonProperty entry, string file)
    {
        var name = entry.Value.GetProperty("dtype").GetString();
        var (_, type, size) = types.FirstOrDefault(t => t.Name == name);
        if (size == 0) throw Damaged(file, $"tensor '{entry.Name}' has the unknown type {name}");
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
        long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt64())];
        var bytes = size;
        long count = 1;
        foreach (var d in shape) count = d >= 0 ? checked(count * d) : throw Damaged(file, $"tensor '{entry.Name}' has a negative length");
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != count * bytes || data + offsets[1] > stream.Length)
            throw Damaged(file, $"tensor '{entry.Name}' does not fit into the file");
        var value = empty(shape, type).DetachFromDisposeScope();
        stream.Position = data + offsets[0];
        if (count > 0) stream.ReadExactly(value.bytes);
        return value;
    }

    static InputException Damaged(string file, string why) => new($"{file} is no whole safetensors file: {why}. Write or download it again.");
}
