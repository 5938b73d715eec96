using Google.Protobuf;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>The initialisers of an ONNX model: its weights by name; the graph itself is passed over.</summary>
/// <remarks>Field numbers as in onnx.proto3: a model's graph is 7, a graph's initializer 5, a tensor's dims 1, data_type 2, float_data 4, int32_data 5, int64_data 7, name 8, raw_data 9, double_data 10, external_data 13 with key 1 and value 2.</remarks>
public static class OnnxFile
{
    const int Graph = 7, Initializer = 5, External = 13;

    static readonly Dictionary<int, (ScalarType Type, int Size)> types = new()
    {
        [1] = (ScalarType.Float32, 4), [2] = (ScalarType.Byte, 1), [3] = (ScalarType.Int8, 1), [5] = (ScalarType.Int16, 2), [6] = (ScalarType.Int32, 4),
        [7] = (ScalarType.Int64, 8), [9] = (ScalarType.Bool, 1), [10] = (ScalarType.Float16, 2), [11] = (ScalarType.Float64, 8), [16] = (ScalarType.BFloat16, 2),
    };

    /// <returns>Owned by the caller.</returns>
    /// <exception cref="InputException">The file is missing or damaged, or keeps its weights in other files.</exception>
    public static StateDict Read(string file)
    {
        if (!File.Exists(file)) throw new InputException($"There is no file {file}.");
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var stream = File.OpenRead(file);
        using var input = new CodedInputStream(stream);
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            Message(input, stream.Length, tag =>
            {
                if (Field(tag) != Graph) return false;
                Message(input, End(input, stream), inner => Field(inner) == Initializer && Add(tensors, input, stream));
                return true;
            });
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or OverflowException or EndOfStreamException)
        {
            throw new InputException($"{file} cannot be read as an ONNX model: it is damaged or cut short. Download it again.", e);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{file} cannot be read as an ONNX model: {e.Message}.", e);
        }
        if (tensors.Count == 0) throw new InputException($"{file} holds no initialisers, so there are no weights to read.");
        return new(file, tensors);
    }

    /// <returns>The model and the files beside it in which it keeps weights, without reading any; of what is no model the file alone.</returns>
    public static IReadOnlyList<string> Parts(string file)
    {
        SortedSet<string> beside = new(StringComparer.Ordinal);
        try
        {
            using var stream = File.OpenRead(file);
            using var input = new CodedInputStream(stream);
            bool Into(uint tag, int field, Func<uint, bool> takes)
            {
                if (Field(tag) != field) return false;
                Message(input, End(input, stream), takes);
                return true;
            }
            Message(input, stream.Length, outer => Into(outer, Graph, inner => Into(inner, Initializer, tag =>
            {
                var (key, value) = ("", "");
                var external = Into(tag, External, text =>
                {
                    if (Field(text) == 1) key = input.ReadString();
                    else if (Field(text) == 2) value = input.ReadString();
                    else return false;
                    return true;
                });
                if (key == "location") beside.Add(value);
                return external;
            })));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or OverflowException or IOException or UnauthorizedAccessException)
        {
            beside.Clear();                                      // who opens it says what is wrong with it
        }
        return [file, .. beside.Select(name => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name))];
    }

    static bool Add(Dictionary<string, Tensor> tensors, CodedInputStream input, FileStream stream)
    {
        var tensor = new Initialiser();
        Message(input, End(input, stream), tag => tensor.Take(tag, input));
        tensors[tensor.Name] = tensor.Build();
        return true;
    }

    static long End(CodedInputStream input, FileStream stream)
    {
        var length = input.ReadLength();
        return length >= 0 && input.Position + length <= stream.Length ? input.Position + length : throw new EndOfStreamException();
    }

    // Calls for each field until the end; what is not taken is skipped.
    static void Message(CodedInputStream input, long end, Func<uint, bool> takes)
    {
        while (input.Position < end)
        {
            var tag = input.ReadTag();
            if (tag == 0) break;
            if (!takes(tag)) input.SkipLastField();
        }
        if (input.Position != end) throw new EndOfStreamException();
    }

    static int Field(uint tag) => WireFormat.GetTagFieldNumber(tag);

    sealed class Initialiser
    {
        readonly List<long> shape = [];
        readonly MemoryStream numbers = new();
        int type;
        ByteString? raw;

        public string Name { get; private set; } = "";

        public bool Take(uint tag, CodedInputStream input)
        {
            var packed = WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
            switch (Field(tag))
            {
                case 1: Each(packed, input, () => shape.Add(input.ReadInt64())); return true;
                case 2: type = input.ReadInt32(); return true;
                case 4: Each(packed, input, () => numbers.Write(BitConverter.GetBytes(input.ReadFloat()))); return true;
                case 5: Each(packed, input, () => numbers.Write(BitConverter.GetBytes(input.ReadInt32()), 0, Of(type).Size)); return true;      // small types, one number each
                case 7: Each(packed, input, () => numbers.Write(BitConverter.GetBytes(input.ReadInt64()))); return true;
                case 8: Name = input.ReadString(); return true;
                case 9: raw = input.ReadBytes(); return true;
                case 10: Each(packed, input, () => numbers.Write(BitConverter.GetBytes(input.ReadDouble()))); return true;
                case External: throw new InvalidDataException($"its tensor '{Name}' lies in another file, which is not read. Save the model as one file");
                default: return false;
            }
        }

        public Tensor Build()
        {
            var (scalar, size) = Of(type);
            var bytes = raw is { } r ? r.Span : numbers.GetBuffer().AsSpan(0, (int)numbers.Length);
            var count = shape.Aggregate(1L, (product, length) => length >= 0 ? checked(product * length) : throw new InvalidDataException($"its tensor '{Name}' has a negative length"));
            if (checked(count * size) != bytes.Length) throw new InvalidDataException($"its tensor '{Name}' claims {count} numbers and has {bytes.Length} bytes");
            var value = empty([.. shape], scalar);
            if (count > 0) bytes.CopyTo(value.bytes);
            return value;
        }

        (ScalarType Type, int Size) Of(int type) => types.TryGetValue(type, out var found) ? found : throw new InvalidDataException($"its tensor '{Name}' is of type {type}, which is not read");

        // Numbers come packed, behind their length, or one by one.
        static void Each(bool packed, CodedInputStream input, Action read)
        {
            var end = packed ? input.ReadLength() + input.Position : input.Position + 1;
            while (input.Position < end) read();
        }
    }
}
