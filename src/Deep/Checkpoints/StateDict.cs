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

    public void Remove(string name)
    {
        if (tensors.Remove(name, out var old)) old.Dispose();
    }

    /// <summary>Copies every tensor to the parameter or buffer of its name.</summary>
    /// <param name="network">Every name of its state must be here, and none else; counters of batches may be missing, as formats without batch norms' counters leave them out.</param>
    /// <exception cref="InputException">Names or shapes differ: both sides are listed.</exception>
    public void CopyInto(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var own = network.state_dict();
        var missing = own.Keys.Where(k => !Contains(k) && !IsCounter(k)).ToArray();
        var strange = Keys.Where(k => !own.ContainsKey(k)).ToArray();
        var different = own.Where(o => Contains(o.Key) && !this[o.Key].shape.SequenceEqual(o.Value.shape))
            .Select(o => $"{o.Key} ({string.Join("×", this[o.Key].shape)} in the file, {string.Join("×", o.Value.shape)} in the network)").ToArray();
        if (missing.Length + strange.Length + different.Length > 0)
            throw new InputException($"{Source} does not fit the network." + Listed(" Not in the file: ", missing) + Listed(" Not in the network: ", strange) + Listed(" Of another shape: ", different));
        foreach (var (name, value) in own)
            if (Contains(name)) value.copy_(this[name]);
    }

    static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    static string Listed(string title, string[] names) =>
        names.Length == 0 ? "" : title + string.Join(", ", names.Take(8)) + (names.Length > 8 ? $" and {names.Length - 8} more." : ".");

    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
        tensors.Clear();
    }
}
