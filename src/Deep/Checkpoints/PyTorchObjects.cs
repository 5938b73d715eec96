using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Numbers that lie outside a pickle.</summary>
/// <param name="Key">Their name in the file.</param>
/// <param name="Type">Of each.</param>
/// <param name="Size">Bytes of each.</param>
/// <param name="Count">How many.</param>
sealed record PyTorchStorage(string Key, ScalarType Type, int Size, long Count)
{
    public long Bytes => checked(Count * Size);
}

/// <summary>A tensor that is described but not yet read.</summary>
/// <param name="Offset">Of its first number in the storage.</param>
sealed record PyTorchTensor(PyTorchStorage Storage, long Offset, long[] Shape, long[] Strides);

/// <summary>The few names that files of weights call for.</summary>
sealed class PyTorchObjects : IPickleObjects
{
    static readonly Dictionary<string, (ScalarType Type, int Size)> storages = new()
    {
        ["FloatStorage"] = (ScalarType.Float32, 4), ["DoubleStorage"] = (ScalarType.Float64, 8), ["HalfStorage"] = (ScalarType.Float16, 2), ["BFloat16Storage"] = (ScalarType.BFloat16, 2),
        ["LongStorage"] = (ScalarType.Int64, 8), ["IntStorage"] = (ScalarType.Int32, 4), ["ShortStorage"] = (ScalarType.Int16, 2), ["CharStorage"] = (ScalarType.Int8, 1),
        ["ByteStorage"] = (ScalarType.Byte, 1), ["BoolStorage"] = (ScalarType.Bool, 1),
    };

    // What trainings leave beside the weights: settings and scores. They become nothing.
    static readonly HashSet<string> passedOver =
    [
        "argparse.Namespace", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.dtype", "_codecs.encode", "torch.Size", "torch.device",
        "torch.float32", "torch.float64", "torch.float16", "torch.bfloat16", "torch.int64", "torch.int32",
    ];

    /// <summary>All that the pickle named, also those of tensors that are passed over.</summary>
    public Dictionary<string, PyTorchStorage> Storages { get; } = [];

    public bool Allows(PickleGlobal global) =>
        global is { Module: "torch", Name: var name } && storages.ContainsKey(name)
        || global.ToString() is "collections.OrderedDict" or "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter"
        || passedOver.Contains(global.ToString());

    public object? Make(PickleGlobal callee, object?[] arguments) => callee.ToString() switch
    {
        "collections.OrderedDict" => Dictionary(arguments),
        "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" =>
            new PyTorchTensor(PickleMachine.As<PyTorchStorage>(arguments[0]), PickleMachine.As<long>(arguments[1]), Numbers(arguments[2]), Numbers(arguments[3])),
        "torch._utils._rebuild_parameter" => PickleMachine.As<PyTorchTensor>(arguments[0]),
        var other => new PickleOpaque(other),
    };

    // ("storage", type, key, device, count), and in the older format a view of it: (key, offset, count) or nothing.
    public object? Persistent(object? id)
    {
        var parts = PickleMachine.As<object?[]>(id);
        if (parts is not ["storage", PickleGlobal { Module: "torch", Name: var type }, string key, _, long count, ..] || !storages.TryGetValue(type, out var number) || count < 0)
            throw new InvalidCastException();
        if (parts.Length > 5 && parts[5] is not null) throw new PickleException("it stores views of storages, as PyTorch did before 0.4: load it in Python and save its state_dict() again");
        return Storages[key] = new(key, number.Type, number.Size, count);
    }

    static PickleDictionary Dictionary(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments is [List<object?> pairs])
            foreach (var pair in pairs)
                switch (pair)
                {
                    case List<object?> { Count: 2 } list: dictionary.Set(list[0], list[1]); break;
                    case object?[] { Length: 2 } tuple: dictionary.Set(tuple[0], tuple[1]); break;
                    default: throw new InvalidCastException();
                }
        return dictionary;
    }

    static long[] Numbers(object? tuple) => [.. PickleMachine.As<object?[]>(tuple).Select(PickleMachine.As<long>)];
}
