using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>The tensors of a checkpoint by name, on the CPU; owned, freed together.</summary>
public sealed class StateDict : IDisposable
{
    readonly Dictionary<string, Tensor> tensors;

    /// <param name="source">The file, for sentences about it.</param>
    /// <param name="tensors">Owned from here.</param>
    /// <param name="metadata">Texts beside them.</param>
    public StateDict(string source, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        (Source, this.tensors, Metadata) = (source, new(tensors), metadata ?? new Dictionary<string, string>());
        foreach (var tensor in tensors.Values) tensor.DetachFromDisposeScope();
    }

    public string Source { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyCollection<string> Keys => tensors.Keys;

    public Tensor this[string name] => tensors[name];

    public bool Contains(string name) => tensors.ContainsKey(name);

    /// <summary>Puts a tensor in, freeing the one of that name; owned from here.</summary>
    public void Put(string name, Tensor value)
    {
        Remove(name);
        tensors.Add(name, value.DetachFromDisposeScope());
    }

    /// <exception cref="InputException">Two tensors would have the same name.</exception>
    public void Rename(Func<string, string> name)
    {
        var renamed = new Dictionary<string, Tensor>();
        foreach (var (old, value) in tensors)
            if (!renamed.TryAdd(name(old), value)) throw new InputException($"{Source} holds two tensors for '{name(old)}', so it is not of the project that its other names are of.");
        tensors.Clear();
        foreach (var (key, value) in renamed) tensors.Add(key, value);
    }

    public void Remove(string name)
    {
        if (tensors.Remove(name, out var old)) old.Dispose();
    }

    /// <summary>Copies every tensor to the parameter or buffer of its name.</summary>
    /// <param name="network">Every name of its state must be here, and none else. Counters of batches may be missing: some formats leave them out.</param>
    /// <exception cref="InputException">Names or shapes differ: both sides are listed.</exception>
    public void CopyInto(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var own = network.state_dict();
        var missing = own.Keys.Where(k => !Contains(k) && !IsCounter(k)).ToArray();
        var strange = Keys.Where(k => !own.ContainsKey(k)).ToArray();
        var different = own.Where(o => Contains(o.Key) && !Alike(this[o.Key], o.Value))
            .Select(o => $"{o.Key} ({string.Join("×", this[o.Key].shape)} in the file, {string.Join("×", o.Value.shape)} in the network)").ToArray();
        if (missing.Length + strange.Length + different.Length > 0)
            throw new InputException($"{Source} does not fit the network." + Listed(" Not in the file: ", missing) + Listed(" Not in the network: ", strange) + Listed(" Of another shape: ", different));
        foreach (var (name, value) in own)
            if (Contains(name)) value.copy_(this[name].view(value.shape));
    }

    // Projects differ in whether a vector is written with further dimensions of length 1, and a linear layer as a 1×1 convolution.
    static bool Alike(Tensor a, Tensor b) => a.shape.Where(d => d != 1).SequenceEqual(b.shape.Where(d => d != 1));

    static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    static string Listed(string title, string[] names) =>
        names.Length == 0 ? "" : title + string.Join(", ", names.Take(8)) + (names.Length > 8 ? $" and {names.Length - 8} more." : ".");

    /// <param name="prefix">All whose names begin so.</param>
    public void RemoveAll(string prefix)
    {
        foreach (var name in Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray()) Remove(name);
    }

    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
        tensors.Clear();
    }
}
