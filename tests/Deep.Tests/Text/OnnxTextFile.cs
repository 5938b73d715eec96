using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Kaggle.Tests.Deep.Text;

/// <summary>Writes a text encoder as an ONNX file: a token's vector is that of its word and that of its type, added; "sum" is their sum over what is no padding.</summary>
/// <remarks>Field numbers as in onnx.proto3; opset 13.</remarks>
static class OnnxTextFile
{
    const int Float = 1, Int64 = 7;

    /// <param name="file">Written.</param>
    /// <param name="words">(words, width).</param>
    /// <param name="types">(2, width); empty: the model takes no types.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <param name="tokens">What the first input is called.</param>
    public static void Write(string file, float[] words, float[] types, int width, string tokens = "input_ids")
    {
        var hidden = types.Length == 0
            ? [Node("Gather", ["words", tokens], "last_hidden_state")]
            : new[] { Node("Gather", ["words", tokens], "word"), Node("Gather", ["types", "token_type_ids"], "type"), Node("Add", ["word", "type"], "last_hidden_state") };
        byte[][] nodes =
        [
            .. hidden,
            Node("Cast", ["attention_mask"], "seen", Attribute("to", Float)),
            Node("Unsqueeze", ["seen", "last"], "wide"),
            Node("Mul", ["last_hidden_state", "wide"], "kept"),
            Node("ReduceSum", ["kept", "tokens"], "sum", Attribute("keepdims", 0)),
        ];
        string[] inputs = [tokens, "attention_mask", .. types.Length == 0 ? Array.Empty<string>() : ["token_type_ids"]];
        var graph = Message(m =>
        {
            foreach (var node in nodes) m.Bytes(1, node);
            m.Text(2, "texts");
            m.Bytes(5, Constant("words", Float, [words.Length / width, width], MemoryMarshal.AsBytes<float>(words)));
            if (types.Length > 0) m.Bytes(5, Constant("types", Float, [2, width], MemoryMarshal.AsBytes<float>(types)));
            m.Bytes(5, Constant("last", Int64, [1], MemoryMarshal.AsBytes<long>([2])));
            m.Bytes(5, Constant("tokens", Int64, [1], MemoryMarshal.AsBytes<long>([1])));
            foreach (var input in inputs) m.Bytes(11, Value(input, Int64, "batch", "length"));
            m.Bytes(12, Value("sum", Float, "batch", width));
            m.Bytes(12, Value("last_hidden_state", Float, "batch", "length", width));
        });
        File.WriteAllBytes(file, Message(m =>
        {
            m.Number(1, 8);
            m.Bytes(7, graph);
            m.Bytes(8, Message(version => version.Number(2, 13)));
        }));
    }

    static byte[] Node(string operation, string[] inputs, string output, byte[]? attribute = null) => Message(m =>
    {
        foreach (var input in inputs) m.Text(1, input);
        m.Text(2, output);
        m.Text(4, operation);
        if (attribute is not null) m.Bytes(5, attribute);
    });

    static byte[] Attribute(string name, long value) => Message(m =>
    {
        m.Text(1, name);
        m.Number(3, value);
        m.Number(20, 2);
    });

    static byte[] Constant(string name, int type, long[] shape, ReadOnlySpan<byte> values)
    {
        var raw = values.ToArray();
        return Message(m =>
        {
            foreach (var size in shape) m.Number(1, size);
            m.Number(2, type);
            m.Text(8, name);
            m.Bytes(9, raw);
        });
    }

    /// <param name="name">Of an input or output.</param>
    /// <param name="type">Of its numbers.</param>
    /// <param name="shape">Names of sizes that are free, and numbers.</param>
    static byte[] Value(string name, int type, params object[] shape)
    {
        var sizes = Message(m =>
        {
            foreach (var size in shape)
                m.Bytes(1, Message(dimension =>
                {
                    if (size is int fixedSize) dimension.Number(1, fixedSize);
                    else dimension.Text(2, (string)size);
                }));
        });
        var tensor = Message(m =>
        {
            m.Number(1, type);
            m.Bytes(2, sizes);
        });
        return Message(m =>
        {
            m.Text(1, name);
            m.Bytes(2, Message(kind => kind.Bytes(1, tensor)));
        });
    }

    static byte[] Message(Action<Fields> write)
    {
        using var bytes = new MemoryStream();
        using (var to = new CodedOutputStream(bytes, leaveOpen: true)) write(new(to));
        return bytes.ToArray();
    }

    sealed class Fields(CodedOutputStream to)
    {
        public void Number(int field, long value)
        {
            to.WriteTag(field, WireFormat.WireType.Varint);
            to.WriteInt64(value);
        }

        public void Text(int field, string value)
        {
            to.WriteTag(field, WireFormat.WireType.LengthDelimited);
            to.WriteString(value);
        }

        public void Bytes(int field, byte[] value)
        {
            to.WriteTag(field, WireFormat.WireType.LengthDelimited);
            to.WriteBytes(ByteString.CopyFrom(value));
        }
    }
}
