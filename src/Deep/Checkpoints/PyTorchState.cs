using System.Globalization;
using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Fills a storage's bytes.</summary>
delegate void ReadStorage(PyTorchStorage storage, Span<byte> bytes);

/// <summary>The tensors among the objects of a PyTorch file, described but not yet read.</summary>
sealed class PyTorchState
{
    // Where trainings keep the weights among other things; the average of an exponential moving mean is what is published.
    static readonly string[] nests = ["state_dict_ema", "state_dict", "model_state_dict", "model", "net", "module"];

    // Weights that are tied have two names, and a training may keep a copy; more is no use to anyone.
    const int MostCopies = 8;

    readonly List<(string Name, PyTorchTensor Tensor)> tensors = [];
    readonly Dictionary<string, string> texts = [];

    public IEnumerable<PyTorchStorage> Storages => tensors.Select(t => t.Tensor.Storage).Distinct();

    /// <exception cref="PickleException">There are no tensors where weights are kept.</exception>
    public static PyTorchState Of(object? found)
    {
        if (found is not PickleDictionary top) throw new PickleException($"it holds {Kind(found)}, not a state dict. Load it in Python and save its state_dict()");
        var state = new PyTorchState();
        state.Note(top);
        var nest = HasTensors(top) ? top : nests.Select(name => top.Named.GetValueOrDefault(name)).OfType<PickleDictionary>().FirstOrDefault(HasTensors);
        if (nest is null) throw new PickleException($"it holds {string.Join(", ", top.Names.Take(8).Select(n => $"'{n}'"))}, and none of them is a state dict");
        foreach (var name in nest.Names)
            if (nest.Named[name] is PyTorchTensor tensor) state.tensors.Add((name, tensor));
        return state;
    }

    /// <param name="file">For sentences, and for its length: it bounds the memory that is asked for.</param>
    /// <param name="read">Called once a storage.</param>
    /// <exception cref="PickleException">A tensor claims numbers that its storage does not have, or all together many times what the file has.</exception>
    public StateDict Load(string file, ReadStorage read)
    {
        Bound(new FileInfo(file).Length);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var loaded = new Dictionary<string, Tensor>();
        foreach (var shared in tensors.GroupBy(t => t.Tensor.Storage))
        {
            var storage = empty(shared.Key.Count, shared.Key.Type);
            if (shared.Key.Count > 0) read(shared.Key, storage.bytes);
            foreach (var (name, tensor) in shared)
                loaded[name] = storage.as_strided(tensor.Shape, tensor.Strides, tensor.Offset).clone();
            storage.Dispose();
        }
        return new(file, loaded, texts);
    }

    // Before any memory is asked for: each name costs a few bytes in the file, and would get all its numbers.
    void Bound(long length)
    {
        long stored = 0, named = 0;
        foreach (var storage in Storages) stored = checked(stored + storage.Bytes);
        foreach (var (name, tensor) in tensors) named = checked(named + Count(name, tensor) * tensor.Storage.Size);
        if (stored > length) throw new PickleException($"its storages claim {stored} bytes and it has {length}");
        if (named > MostCopies * length) throw new PickleException($"its tensors name the same numbers again and again, {named} bytes of a file of {length}. Load it in Python and save its state_dict() as safetensors");
    }

    // As many numbers as the storage has, and no more: a stride of 0 could claim any number of them.
    static long Count(string name, PyTorchTensor tensor)
    {
        var (count, last) = (1L, tensor.Offset);
        foreach (var (length, stride) in tensor.Shape.Zip(tensor.Strides))
        {
            if (length < 0 || stride < 0) throw new PickleException($"its tensor '{name}' has a negative length");
            count = checked(count * length);
            last = checked(last + Math.Max(0, length - 1) * stride);
        }
        if (tensor.Shape.Length != tensor.Strides.Length || tensor.Offset < 0 || count > tensor.Storage.Count || (count > 0 && last >= tensor.Storage.Count))
            throw new PickleException($"its tensor '{name}' claims more numbers than there are");
        return count;
    }

    void Note(PickleDictionary top)
    {
        foreach (var name in top.Names)
            if (top.Named[name] is string or long or double or bool) texts[name] = Convert.ToString(top.Named[name], CultureInfo.InvariantCulture)!;
    }

    static bool HasTensors(PickleDictionary dictionary) => dictionary.Named.Values.Any(v => v is PyTorchTensor);

    static string Kind(object? value) => value switch
    {
        null => "nothing",
        PyTorchTensor => "one tensor",
        List<object?> or object?[] => "a list",
        PickleOpaque opaque => opaque.What,
        _ => "a single value",
    };
}
