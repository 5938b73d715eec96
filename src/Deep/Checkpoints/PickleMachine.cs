using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Reads a pickle as data: what it would call is looked up in a list of a few names, and nothing is ever run.</summary>
/// <remarks>
/// Protocols 2 to 5 as torch.save writes them (opcodes as in CPython's pickletools). Values come out as null, bool, long, BigInteger,
/// double, string, byte[], object?[] for tuples, List&lt;object?&gt; for lists and sets, <see cref="PickleDictionary"/>, or what the objects made.
/// </remarks>
/// <param name="stream">At the pickle's first byte; afterwards behind its last.</param>
/// <param name="objects">Says which names are allowed and what they make.</param>
sealed class PickleMachine(Stream stream, IPickleObjects objects)
{
    readonly List<object?> stack = [];
    readonly Stack<int> marks = [];
    readonly Dictionary<long, object?> memo = [];

    /// <exception cref="PickleException">The bytes are no pickle, or ask for what is not allowed.</exception>
    public object? Read()
    {
        try
        {
            while (Step((byte)Unsigned(1))) { }
            return Pop();
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or InvalidOperationException or InvalidCastException or EndOfStreamException or KeyNotFoundException or OverflowException)
        {
            throw new PickleException("the pickle in it is damaged", e);
        }
    }

    bool Step(byte code)
    {
        switch (code)
        {
            case (byte)'.': return false;
            case 0x80: Protocol((byte)Unsigned(1)); break;
            case 0x95: Unsigned(8); break;                                             // a frame's length: nothing to us
            case (byte)'(': marks.Push(stack.Count); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopMarked(); break;
            case (byte)'2': stack.Add(stack[^1]); break;

            case (byte)'N': stack.Add(null); break;
            case 0x88: stack.Add(true); break;
            case 0x89: stack.Add(false); break;
            case (byte)'J': stack.Add((long)(int)Unsigned(4)); break;
            case (byte)'K': stack.Add(Unsigned(1)); break;
            case (byte)'M': stack.Add(Unsigned(2)); break;
            case 0x8a: stack.Add(Long(Unsigned(1))); break;
            case 0x8b: stack.Add(Long(Unsigned(4))); break;
            case (byte)'G': stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;

            case 0x8c or (byte)'U': stack.Add(Text(Unsigned(1))); break;
            case (byte)'X' or (byte)'T': stack.Add(Text(Unsigned(4))); break;
            case 0x8d: stack.Add(Text(Unsigned(8))); break;
            case (byte)'C': stack.Add(Bytes(Unsigned(1))); break;
            case (byte)'B': stack.Add(Bytes(Unsigned(4))); break;

            case (byte)']' or 0x8f: stack.Add(new List<object?>()); break;
            case (byte)'a': { var item = Pop(); As<List<object?>>(stack[^1]).Add(item); break; }
            case (byte)'e' or 0x90: { var items = PopMarked(); As<List<object?>>(stack[^1]).AddRange(items); break; }
            case (byte)'}': stack.Add(new PickleDictionary()); break;
            case (byte)'s': { var value = Pop(); var key = Pop(); Set(key, value); break; }
            case (byte)'u': { var items = PopMarked(); for (var i = 0; i < items.Length; i += 2) Set(items[i], items[i + 1]); break; }
            case (byte)')': stack.Add(Array.Empty<object?>()); break;
            case (byte)'t': stack.Add(PopMarked()); break;
            case 0x85 or 0x86 or 0x87: stack.Add(PopLast(code - 0x84)); break;

            case (byte)'q': memo[Unsigned(1)] = stack[^1]; break;
            case (byte)'r': memo[Unsigned(4)] = stack[^1]; break;
            case 0x94: memo[memo.Count] = stack[^1]; break;
            case (byte)'h': stack.Add(memo[Unsigned(1)]); break;
            case (byte)'j': stack.Add(memo[Unsigned(4)]); break;

            case (byte)'c': stack.Add(Allowed(Line(), Line())); break;
            case 0x93: { var name = As<string>(Pop()); stack.Add(Allowed(As<string>(Pop()), name)); break; }
            case (byte)'R' or 0x81: { var arguments = As<object?[]>(Pop()); stack.Add(objects.Make(As<PickleGlobal>(Pop()), arguments)); break; }
            case (byte)'b': Pop(); break;                                              // an object's state: attributes of dicts, passed over
            case (byte)'Q': stack.Add(objects.Persistent(Pop())); break;

            default: throw new PickleException($"the pickle in it holds the code 0x{code:x2}, which no file of weights needs");
        }
        return true;
    }

    /// <exception cref="InvalidCastException">It is something else, or nothing.</exception>
    public static T As<T>(object? value) => value is T right ? right : throw new InvalidCastException();

    static void Protocol(byte version)
    {
        if (version is < 2 or > 5) throw new PickleException($"the pickle in it is of protocol {version}; 2 to 5 can be read");
    }

    PickleGlobal Allowed(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return objects.Allows(global) ? global
            : throw new PickleException($"it asks to run {global}, and nothing but tensors is read from a checkpoint. If you trust where it comes from, load it in Python and save its state_dict() as safetensors");
    }

    void Set(object? key, object? value)
    {
        if (stack[^1] is PickleDictionary dictionary) dictionary.Set(key, value);
        else if (stack[^1] is not PickleOpaque) throw new InvalidCastException();
    }

    object? Pop()
    {
        var top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    object?[] PopMarked() => PopLast(stack.Count - marks.Pop());

    object?[] PopLast(int count)
    {
        object?[] items = [.. stack.GetRange(stack.Count - count, count)];
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    long Unsigned(int bytes)
    {
        Span<byte> buffer = stackalloc byte[8];
        buffer.Clear();
        stream.ReadExactly(buffer[..bytes]);
        return checked((long)BinaryPrimitives.ReadUInt64LittleEndian(buffer));
    }

    byte[] Bytes(long count)
    {
        if (count > stream.Length - stream.Position) throw new EndOfStreamException();
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    object Long(long bytes)
    {
        var value = new BigInteger(Bytes(bytes));
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : value;
    }

    string Text(long bytes) => Encoding.UTF8.GetString(Bytes(bytes));

    string Line()
    {
        var text = new StringBuilder();
        for (var c = Unsigned(1); c != '\n'; c = Unsigned(1))
            if (text.Append((char)c).Length > 200) throw new PickleException("the pickle in it holds a name of more than 200 characters");
        return text.ToString();
    }
}

/// <summary>Which names a pickle may call for, and what stands for their results.</summary>
interface IPickleObjects
{
    bool Allows(PickleGlobal global);

    /// <summary>Stands for calling an allowed name.</summary>
    object? Make(PickleGlobal callee, object?[] arguments);

    /// <summary>Stands for a value that lies outside the pickle.</summary>
    object? Persistent(object? id);
}

/// <summary>Why a pickle was refused, as the end of a sentence about its file.</summary>
sealed class PickleException(string reason, Exception? cause = null) : Exception(reason, cause);
